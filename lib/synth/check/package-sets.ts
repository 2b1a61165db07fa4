import type { Position } from '../../diagnostics';
import { type Contribution, File } from '../../module';
import { EXPR, type Expr, expr } from '../../nix';
import { contributionsOfAccount } from '../account';
import type { Assets } from '../assets';
import type { Fleet, HomeModel, HostModel, Input, Part } from '../fleet';
import { getOrInsert } from '../get-or-insert';
import { moduleBody } from '../module-body';
import { type AddedPackages, addedByOverlay, changesPackages, codeChangesPackages } from './added-packages';
import type { Inside } from './code-in';
import type { OptionScopes } from './option-scopes';

/** What is known of the packages that a machine and its homes are given, or a home on no machine. */
export interface PackageSet {
  /** What it has beside those of nixpkgs. */
  readonly added: AddedPackages;
  /** Whether it may have others, as modules of inputs are imported, or as nixpkgs is another one. */
  readonly isOpen: boolean;
}

/** What a construct says with packages, and the sets that these are from. */
export interface PackageUse {
  readonly said: readonly Said[];
  readonly sets: readonly PackageSet[];
}

export interface Said {
  readonly value: unknown;
  /** The construct's. */
  readonly path: string;
  readonly position: Position | undefined;
  /** The names around what the user wrote. */
  readonly within?: readonly string[] | undefined;
}

/** Every module of a fleet, with the package sets of all who use it. */
export function packageUses(fleet: Fleet, scopes: OptionScopes, assets: Assets, inside: Inside): PackageUse[] {
  const ofFleet = addedByFleet(fleet, inside);
  const isOpen = [...fleet.inputs].some(([name, input]) => name.startsWith('nixpkgs') && !isNixpkgs(input));
  const changing = new Map<Contribution, boolean>();
  const uses = new Map<Contribution, { said: readonly Said[]; sets: PackageSet[] }>();
  const ofAccounts: PackageUse[] = [];
  for (const host of fleet.hosts) addUsers([host, ...host.users]);
  for (const home of fleet.homes) addUsers([home]);
  for (const part of fleet.exports.flatMap(({ parts }) => parts)) add(part, { added: ofFleet, isOpen: true });
  return [...uses.values(), ...ofAccounts];

  /** A machine with its homes, or a home: packages of one are most often those of the others. */
  function addUsers(models: readonly (HostModel | HomeModel)[]): void {
    const own = models.map(({ module, path }) => ({ module, path }));
    const parts = models.flatMap((one) => [...one.parts, ...('users' in one ? one.sharedParts : [])]);
    const all = [...own, ...parts];
    const args = models.flatMap((one) => [one.extraSpecialArgs, ...('users' in one ? [one.specialArgs] : [])]);
    const isChanged = args.some((one) => Object.hasOwn(one, 'pkgs')) || all.some(changes);
    const set = {
      added: isChanged ? 'any' : ofFleet,
      isOpen: isOpen || models.some((one) => scopes.sourcesOf(one).some(({ input }) => input !== undefined)),
    } as const;
    for (const one of all) add(one, set);
    for (const { path, definitions } of models.flatMap((one) => ('users' in one ? [] : contributionsOfAccount(one)))) {
      const said = definitions.map(({ config, position, within }) => ({ value: config, path, position, within }));
      ofAccounts.push({ said, sets: [set] });
    }
  }

  function add({ module, path }: Pick<Part, 'module' | 'path'>, set: PackageSet): void {
    getOrInsert(uses, module, () => ({ said: saidIn(module, path), sets: [] })).sets.push(set);
  }

  function changes({ module, path }: Pick<Part, 'module' | 'path'>): boolean {
    return getOrInsert(
      changing,
      module,
      () =>
        module.definitions.some(({ config }) => changesPackages(config, inside)) ||
        module.imports.some(({ module: imported }) =>
          imported instanceof File
            ? assets.findIn(imported, path, changesInFile)
            : codeChangesPackages(imported[EXPR], inside),
        ),
    );
  }
}

/** Asked for each file once, so it is one function. */
const changesInFile = (tree: Expr): true | undefined => codeChangesPackages(tree, () => undefined) || undefined;

function saidIn({ declarations, definitions, imports }: Contribution, path: string): Said[] {
  return [
    ...declarations.map(({ options, position }) => ({ value: options, path, position })),
    ...definitions.map(({ config, position }) => ({ value: config, path, position })),
    ...imports.flatMap(({ module, position }) =>
      module instanceof File ? [] : [{ value: expr(moduleBody(module[EXPR])), path, position }],
    ),
  ];
}

function addedByFleet({ overlays, specialArgs, extraSpecialArgs }: Fleet, inside: Inside): AddedPackages {
  if ([specialArgs, extraSpecialArgs].some((args) => Object.hasOwn(args, 'pkgs'))) return 'any';
  const all = overlays.map(({ value }) => addedByOverlay(value, inside));
  return all.includes('any') ? 'any' : new Set(all.flatMap((names) => [...names]));
}

/** Whether an input is nixpkgs as it is, and no copy with packages of somebody's own. */
const isNixpkgs = ({ url }: Input) => /^nixpkgs\b|\bNixOS\/nixpkgs\b|\b(channels|releases)\.nixos\.org\b/i.test(url);
