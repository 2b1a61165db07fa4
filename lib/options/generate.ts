import type { Docs } from './docs';
import { docOf } from './generate-doc';
import { membersOf, namesOf, optionsOf, type Part, partsOf, successorOf } from './generate-names';
import { literal, type Names, readOf, slotOf } from './generate-slot';
import { propertyName, quote } from './generate-text';
import type { OptionTable } from './table';
import { isOption, type Option, type OptionTree } from './type';

/** The name of the type that holds all options of a module system. */
const roots = { nixos: 'NixosOptions', darwin: 'DarwinOptions', home: 'HomeOptions' } as const;

/** What types are made of: exported by `cdknix/options`. */
const vocabulary = [
  'Attrs',
  'AttrsOf',
  'DarwinConfig',
  'Data',
  'Expr',
  'HomeConfig',
  'List',
  'ListOf',
  'NixosConfig',
  'OptionSet',
  'Package',
  'ReadOnly',
  'Value',
] as const;

/**
 * The types of all options of a module system: a declaration file that exports one interface.
 *
 * @param docs what to say of the options beside the facts of the table
 * @param from the module that has the vocabulary, as the file imports it
 */
export function typesOf(table: OptionTable, docs: Docs, from: string): string {
  const root = roots[table.class];
  const all: Part[] = [...partsOf(table.options, [], table.options)];
  const names = namesOf(all, docs, new Set([...vocabulary, ...Object.values(roots), ...builtIn]));
  const scope: Scope = { root: table.options, names, docs };
  const body = [
    `export ${declaration(root, { of: table.options, path: [] }, scope)}`,
    ...firstOfEach(all, names).map((part) => declaration(names.get(part.of)!, part, scope)),
  ].join('\n');
  const used = vocabulary.filter((name) => new RegExp(`\\b${name}\\b`).test(body));
  return `import type { ${used.join(', ')} } from ${quote(from)};\n\n${body}`;
}

interface Scope {
  readonly root: OptionTree;
  readonly names: Names;
  readonly docs: Docs;
}

function firstOfEach(parts: readonly Part[], names: Names): Part[] {
  const seen = new Set<string>();
  return parts.filter(({ of }) => !seen.has(names.get(of)!) && seen.add(names.get(of)!));
}

function declaration(name: string, part: Part, scope: Scope): string {
  if (part.of.kind === 'enum') return `type ${name} =\n  | ${part.of.values.map(literal).join('\n  | ')};\n`;
  const lines = membersOf(optionsOf(part.of)).map(([key, member]) => property(key, member, [...part.path, key], scope));
  const open = part.of.kind === 'submodule' && part.of.freeform ? ['  readonly [name: string]: unknown;\n'] : [];
  return `interface ${name} extends OptionSet<${name}> {\n${[...lines, ...open].join('')}}\n`;
}

function property(name: string, member: Option | OptionTree, path: readonly string[], scope: Scope): string {
  if (!isOption(member)) return `  ${propertyName(name)}?: ${scope.names.get(member)};\n`;
  const doc = docOf(member, scope.docs.get(path.join('.')), '  ');
  return `${doc}  ${propertyName(name)}?: ${typeOf(member, scope)};\n`;
}

function typeOf(option: Option, { root, names }: Scope): string {
  const [type, facts] = option;
  if (facts?.removed) return 'never';
  const successor = successorOf(option, root)?.[1];
  if (successor && !isOption(successor)) return names.get(successor)!;
  const [as] = successor ?? [type];
  return facts?.readOnly ? `ReadOnly<${readOf(as, names)}>` : slotOf(as, names);
}

/** Names that readers of TypeScript know. */
const builtIn = [
  ...['Array', 'BigInt', 'Boolean', 'Date', 'Error', 'Function', 'Iterator', 'Map', 'Number', 'Object', 'Promise'],
  ...['Proxy', 'RegExp', 'Set', 'String', 'Symbol', 'Awaited', 'Exclude', 'Extract', 'NoInfer', 'NonNullable'],
  ...['Omit', 'Parameters', 'Partial', 'Pick', 'Readonly', 'Record', 'Required', 'ReturnType', 'Buffer'],
];
