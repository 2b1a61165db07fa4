import type { Apply, AttrSet, Expr } from '../../nix';
import { attributeNames } from '../../nix/attribute-names';
import { withoutParens } from '../../nix/walk';
import { nearestNames } from '../../options/nearest';
import { oneOf } from '../../options/show-value';
import { moduleBody } from '../module-body';

/** What a function of the library takes by names. */
interface NamedArguments {
  /** Which of its arguments has the names. */
  readonly at: number;
  readonly names: readonly string[];
}

/** The parts of a declaration (nixpkgs, lib/options.nix, `mkOption`). */
export const declarationParts = [
  ...['type', 'default', 'defaultText', 'example', 'description', 'apply', 'readOnly', 'internal', 'visible'],
  'relatedPackages',
];

/** nixpkgs, lib/options.nix and lib/types.nix; Nix refuses any other name. */
const functions: ReadonlyMap<string, NamedArguments> = new Map([
  ['mkOption', { at: 0, names: declarationParts }],
  ['mkPackageOption', { at: 2, names: ['default', 'nullable', 'example', 'extraDescription', 'pkgsText'] }],
  ['attrsWith', { at: 0, names: ['elemType', 'lazy', 'placeholder'] }],
  ['pathWith', { at: 0, names: ['inStore', 'absolute'] }],
  ['unique', { at: 0, names: ['message'] }],
  ['submoduleWith', { at: 0, names: ['modules', 'specialArgs', 'shorthandOnlyDefinesConfig', 'description', 'class'] }],
  ['deferredModuleWith', { at: 0, names: ['staticModules'] }],
]);

/** The parts of a module (nixpkgs, lib/modules.nix, `unifyModuleSyntax`). */
const moduleParts = [
  'options',
  'config',
  'imports',
  'freeformType',
  'disabledModules',
  'meta',
  'key',
  '_module',
  '_file',
];

/** A name that a function of the library is given, and does not take. */
export interface UnknownMember {
  /** The function. */
  readonly call: string;
  readonly name: string;
  readonly help: string;
}

/** The names in a call that its function does not take; those that only Nix knows are left out. */
export function unknownMembersOf(call: Apply): UnknownMember[] {
  const name = lastName(call.fn);
  if (name === 'submodule') return call.args.slice(0, 1).flatMap(inModules);
  const takes = name === undefined ? undefined : functions.get(name);
  const given = takes && call.args[takes.at];
  const set = given && withoutParens(given);
  return set?.kind === 'set' ? unknownIn(name!, set, takes!.names) : [];
}

/** The names in a set that are none of some. */
export function unknownIn(call: string, set: AttrSet, known: readonly string[]): UnknownMember[] {
  return namesOf(set)
    .filter((name) => !known.includes(name))
    .map((name) => {
      const near = nearestNames(name, known);
      return { call, name, help: near.length ? `did you mean ${oneOf(near)}?` : `it may have ${known.join(', ')}` };
    });
}

/** What is no part of a module, where no option can have the name either. */
function inModules(given: Expr): UnknownMember[] {
  const at = withoutParens(given);
  if (at.kind === 'list') return at.items.flatMap(inModules);
  const body = moduleBody(at);
  if (body.kind !== 'set') return [];
  const names = namesOf(body);
  // Beside neither of these, other names are definitions, of options that somebody else declares.
  const isLong = names.includes('options') || names.includes('config');
  const isOpen = !isLong && (names.includes('imports') || names.includes('freeformType'));
  return isOpen ? [] : unknownIn('submodule', body, moduleParts);
}

function namesOf({ items }: AttrSet): string[] {
  const all = items.map((item) =>
    item.kind === 'binding' ? attributeNames(item.path).slice(0, 1) : attributeNames(item.names),
  );
  return [...new Set(all.flat().filter((name) => name !== undefined))];
}

function lastName(fn: Expr): string | undefined {
  const at = withoutParens(fn);
  if (at.kind === 'ident') return at.name;
  return at.kind === 'select' && !at.orElse ? attributeNames(at.path).at(-1) : undefined;
}
