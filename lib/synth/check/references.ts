import type { Diagnostic, Position } from '../../diagnostics';
import { ConfigRoot, Deferred, selectedAt, templatePlace, toNode } from '../../module';
import { type Expr, exprOf, type Key } from '../../nix';
import { selectionsOf } from '../../nix/selections';
import { pushChildren } from '../../nix/walk';
import type { Problem } from '../../options/check/problem';
import { isBeside, nearestOptions } from '../../options/nearest';
import { optionAt } from '../../options/option-at';
import { oneOf, showPath } from '../../options/show-value';
import { isCertain, systems } from '../../options/table';
import { isOption, type OptionTree } from '../../options/type';
import { type Fleet, type HomeModel, type HostModel, homesOf } from '../fleet';
import type { Inside } from './code-in';
import type { KnownOptions, OptionsOf } from './known-options';
import type { OptionScopes } from './option-scopes';
import { diagnoseUnknown, otherSystem } from './options';
import { memberProblem } from './reference-members';

/** A reference to an option of a configuration. */
export interface Reference {
  /** Whose configuration it is: that of a construct, or of a machine or home. */
  readonly root: Pick<ConfigRoot, 'owner' | 'of'>;
  /** The names that are selected, as far as they are known. */
  readonly names: readonly string[];
  /** Whether what is selected is called. */
  readonly isCalled: boolean;
  readonly position: Position | undefined;
  /** The construct that it is in. */
  readonly path: string;
}

/**
 * What is selected of configurations in a tree; what has a default in place of what is not there is left out.
 *
 * @param seen nodes that were looked at before
 */
export function* referencesIn(tree: Expr, path: string, seen: Set<Expr>): Iterable<Reference> {
  const stack: Expr[] = [tree];
  const called = new Set<Expr>();
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (seen.has(node)) continue;
    seen.add(node);
    if (node.kind === 'apply') called.add(node.fn);
    const root = node.kind === 'select' && node.of.kind === 'hole' ? node.of.value : undefined;
    // What stands in a template is spelled with it.
    if (node.kind === 'hole' && !(node.value instanceof Deferred)) stack.push(exprOf(node.value) ?? toNode(node.value));
    if (node.kind === 'select' && root instanceof ConfigRoot && !node.orElse) {
      const position = selectedAt(node) ?? root.position;
      yield { root, names: plainNames(node.path), isCalled: called.has(node), position, path };
    }
    pushChildren(node, stack);
  }
}

/**
 * What is selected of a configuration by the name of a variable, as `args.config` and raw Nix do.
 *
 * @param variable `config`, or `osConfig`
 * @param root the configuration
 * @param position of the definition that it is in, for what has no place of its own
 */
export function* namedReferencesIn(
  variable: string,
  code: Expr,
  root: Reference['root'],
  { path, position }: Pick<Reference, 'path' | 'position'>,
  inside: Inside,
): Iterable<Reference> {
  for (const { names, node, isCalled } of selectionsOf(variable, code, inside)) {
    if (names.length)
      yield { root, names, isCalled, position: selectedAt(node) ?? templatePlace(node) ?? position, path };
  }
}

/** The names up to the first one that only Nix knows. */
function plainNames(keys: readonly Key[]): string[] {
  const end = keys.findIndex((key) => key.kind !== 'name');
  return (end < 0 ? keys : keys.slice(0, end)).map((key) => (key as { name: string }).name);
}

/** Where the configuration that a reference means may be set: one, or that of each who uses a feature. */
export type ScopesOf = (root: Reference['root']) => readonly OptionsOf[];

/** Where the configurations are that the references of a fleet mean. */
export function referenceScopes(fleet: Fleet, scopes: OptionScopes): ScopesOf {
  const models = new Set<object>([...fleet.hosts, ...homesOf(fleet)]);
  return ({ owner, of }) => {
    const { host, home } = fleet.places.get(owner) ?? {};
    const model = models.has(owner) ? (owner as HostModel | HomeModel) : of === 'home' ? home : host;
    const found = model ? [scopes.of(model)] : scopes.having([owner]);
    return found.length ? found.map(({ optionsOf }) => optionsOf) : [scopes.fleet];
  };
}

/**
 * References to options that do not exist: Nix would find them when it evaluates the machine. What is in the value of an
 * option is not looked at, as values are not always what was defined.
 *
 * @param optionsOf all that may exist
 */
export function checkReferences(
  references: Iterable<Reference>,
  optionsOf: OptionsOf,
  scopesOf: ScopesOf = () => [optionsOf],
): Diagnostic[] {
  return [...references].flatMap((reference) => {
    const found = scopesOf(reference.root).flatMap((one) => problemOf(reference, one) ?? []);
    return found.find((one) => one.severity === 'error') ?? found[0] ?? [];
  });
}

function problemOf(reference: Reference, optionsOf: OptionsOf): Diagnostic | undefined {
  const { root, names, path, position } = reference;
  const own = optionsOf(root.of);
  const { known, is, depth } = optionAt(own.options, names, (of) => optionsOf(of).options);
  // What a module system has beside options is its own affair.
  if (names[0]!.startsWith('_')) return undefined;
  if (is !== 'nothing' || isOption(known)) {
    const isHidden = isOption(known) && !!known[1]?.hidden;
    const found = memberProblem(reference, { depth, isHidden }, own, (of) => optionsOf(of).options);
    return found && { code: 'reference-member', path, position, ...found };
  }
  const option = names.slice(0, depth + 1);
  const proposed = proposal(option, names.slice(depth + 1, depth + 2), known, own.options);
  const found = inOtherClass(names, own, optionsOf) ?? diagnoseUnknown(option, proposed, own);
  if (!found) return undefined;
  const message = `there is no option ${showPath(option)} of ${systems[root.of]} to refer to`;
  return { code: 'reference-unknown', message, path, position, ...found };
}

/** What to do about an option that another module system has. */
function inOtherClass(names: readonly string[], own: KnownOptions, optionsOf: OptionsOf) {
  const other = own.isOpen ? undefined : otherSystem(names, own, optionsOf);
  if (!other) return undefined;
  const help = `${systems[other]} has it: refer to the config of ${configs[other]}`;
  return { severity: isCertain(own.table) ? 'error' : 'warning', help } as const;
}

const configs = { nixos: 'a NixOS host', darwin: 'a Mac', home: 'a HomeUser' } as const;

function proposal(
  option: readonly string[],
  below: readonly string[],
  group: OptionTree,
  root: OptionTree,
): Pick<Problem, 'help' | 'isSlip'> {
  const near = nearestOptions(option, group, below, root);
  return near.length
    ? { help: `did you mean ${oneOf(near.map(showPath))}?`, isSlip: isBeside(option, near[0]!) }
    : { help: 'look its name up in the manual of the module system' };
}
