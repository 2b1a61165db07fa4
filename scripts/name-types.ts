import { propertyName } from '../lib/options/generate/text';

/** What a name stands for: a reference, a set with names of its own, or one with the names of another set. */
interface Known {
  readonly within: Map<string, Known>;
  sameAs?: string;
}

/**
 * The declarations of references whose names are known.
 *
 * @param doc what the interface is
 * @param lines names with dots, `a=b` where one has the names of another (scripts/names.ts)
 */
export function nameTypes(root: string, doc: string, lines: readonly string[]): string {
  const all: Known = { within: new Map() };
  for (const line of lines) add(all, line);
  return `/** ${doc} */\n${interfacesOf(root, all, root)}`;
}

function add(all: Known, line: string): void {
  const [name, sameAs] = line.split('=') as [string, string?];
  let at = all;
  for (const part of name.split('.')) {
    const next: Known = at.within.get(part) ?? { within: new Map() };
    at.within.set(part, next);
    at = next;
  }
  if (sameAs !== undefined) at.sameAs = sameAs;
}

function interfacesOf(name: string, { within }: Known, root: string): string {
  const members = [...within].map(([member, known]) => {
    return `  readonly ${propertyName(member)}: ${typeOf(`${name}${pascal(member)}`, known, root)};\n`;
  });
  const inner = [...within]
    .filter(([, known]) => known.within.size && !known.within.get('pkgs')?.sameAs)
    .map(([member, known]) => interfacesOf(`${name}${pascal(member)}`, known, root));
  return [`export interface ${name} extends Ref {\n${members.join('')}}\n`, ...inner].join('\n');
}

function typeOf(name: string, { within, sameAs }: Known, root: string): string {
  if (sameAs !== undefined) return `${root}${pascal(sameAs)}`;
  const packages = within.get('pkgs')?.sameAs;
  if (packages) return `Interpreter<${root}${pascal(packages)}>`;
  return within.size ? name : 'Ref';
}

function pascal(name: string): string {
  return name.replace(/(?:^|[^A-Za-z0-9]+)([A-Za-z0-9]?)/g, (_, first: string) => first.toUpperCase());
}
