import type { Docs } from '../docs';
import { successorOf } from '../option-at';
import { type OptionTable, releaseOf } from '../table';
import { isOption, type Option, type OptionTree } from '../type';
import { docOf } from './doc';
import { isNested, membersOf, Names, type Part, partsOf } from './names';
import { type Naming, readOf, slotOf } from './slot';
import { propertyName, quote } from './text';

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
  'Of',
  'OptionSet',
  'Package',
  'Path',
  'ReadOnly',
  'Removed',
  'Value',
] as const;

/**
 * The types of all options of a module system: a declaration file with an interface for each set of options.
 * That of all options is called after the system: `NixosOptions`, `DarwinOptions`, `HomeOptions`; others after their path.
 *
 * @param docs what to say of the options beside the facts of the table
 * @param from the module that has the vocabulary, as the file imports it
 */
export function typesOf(table: OptionTable, docs: Docs, from: string): string {
  // A type that several options share becomes one for each of them: it is called after its place.
  const options = JSON.parse(JSON.stringify(table.options)) as OptionTree;
  const root: Part = { of: options, path: [], isOpen: false };
  const parts = [...partsOf(options, [], options)];
  const names = new Names([...vocabulary, ...Object.values(roots), ...builtIn]);
  const known = new Map<Part['of'], string>([[root.of, roots[table.class]]]);
  // The shorter path has the first claim, so that a name does not change with what others come to hold.
  for (const { of, path, isOpen } of [...parts].sort((a, b) => a.path.length - b.path.length)) {
    known.set(of, names.nameOf(path, JSON.stringify([of, isOpen])));
  }
  const declared = new Map<string, string>();
  const open = new Set(parts.filter((part) => part.isOpen).map((part) => part.of));
  const release = table.source === 'import' ? undefined : quote(releaseOf(table));
  const scope: Scope = { root: options, docs, names, known, open, declared, wider: new Map(), release };
  for (const part of [root, ...parts]) {
    const name = known.get(part.of)!;
    if (declared.has(name)) continue;
    declared.set(name, '');
    declared.set(name, interfaceOf(name, part, scope));
  }
  const body = [...declared.values()].map((text) => `export ${text}`).join('\n');
  const used = vocabulary.filter((name) => new RegExp(`\\b${name}\\b`).test(body));
  return `import type { ${used.join(', ')} } from ${quote(from)};\n\n${body}`;
}

interface Scope {
  readonly root: OptionTree;
  readonly docs: Docs;
  readonly names: Names;
  readonly known: ReadonlyMap<Part['of'], string>;
  readonly open: ReadonlySet<Part['of']>;
  /** The declarations so far, by name. */
  readonly declared: Map<string, string>;
  /** What expressions may stand for a set beside those of itself. */
  readonly wider: Map<string, Set<string>>;
  /** The release, where the options came with cdknix: messages of the compiler say it. */
  readonly release: string | undefined;
}

function interfaceOf(name: string, { of, path, isOpen }: Part, scope: Scope): string {
  const members = membersOf(isNested(of) ? of.options : of).map(([key, member]) =>
    property(key, member, [...path, key], scope),
  );
  if (isOpen) {
    return `interface ${name} {\n${members.join('')}  readonly [name: string]: unknown;\n}\n`;
  }
  const expressions = [name, ...(scope.wider.get(name) ?? [])].join(' | ');
  return `interface ${name} extends OptionSet<${expressions}> {\n${members.join('')}}\n`;
}

function property(name: string, member: Option | OptionTree, path: readonly string[], scope: Scope): string {
  const as = isOption(member) ? successorOf(member, scope.root) : member;
  const doc = isOption(member) ? docOf(member, as, scope.docs.get(path.join('.')), '  ') : '';
  const type = typeOf(as, path, scope);
  // With `exactOptionalPropertyTypes` what may be left out may be undefined only if that is said.
  return `${doc}  ${propertyName(name)}?: ${type === 'unknown' ? type : `${type} | undefined`};\n`;
}

function typeOf(as: Option | OptionTree, path: readonly string[], scope: Scope): string {
  if (!isOption(as)) {
    const name = scope.known.get(as)!;
    if (scope.open.has(as)) return `Value<${name}>`;
    // Names come and go in these; the messages about others are short as they are.
    return path.length === 1 && scope.release !== undefined ? `${name} & Of<${scope.release}>` : name;
  }
  const [type, facts] = as;
  if (facts?.removed) return scope.release === undefined ? 'Removed' : `Removed<${scope.release}>`;
  const naming: Naming = {
    nameOf: (nested) => scope.known.get(nested)!,
    alias(members) {
      const text = members.map((one) => `\n  | ${one}`).join('');
      const name = scope.names.nameOf(path, text);
      scope.declared.set(name, `type ${name} =${text};\n`);
      return name;
    },
    widen(set, type) {
      scope.wider.set(set, (scope.wider.get(set) ?? new Set()).add(type));
    },
  };
  return facts?.readOnly ? `ReadOnly<${readOf(type, naming)}>` : slotOf(type, naming);
}

/** Names that readers of TypeScript know. */
const builtIn = [
  ...['Array', 'BigInt', 'Boolean', 'Date', 'Error', 'Function', 'Iterator', 'Map', 'Number', 'Object', 'Promise'],
  ...['Proxy', 'RegExp', 'Set', 'String', 'Symbol', 'Awaited', 'Exclude', 'Extract', 'NoInfer', 'NonNullable'],
  ...['Omit', 'Parameters', 'Partial', 'Pick', 'Readonly', 'Record', 'Required', 'ReturnType', 'Buffer'],
];
