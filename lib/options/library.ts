import { type Kind, type Kinds, kinds } from './kinds';

/**
 * What functions of nixpkgs' library and of Nix give once they have all their arguments, for those that configurations call:
 * how many there are, and the functions that give values of the kind (NixOS manual, "Nixpkgs Library Functions"; Nix manual,
 * "Built-in Functions").
 */
const results: readonly (readonly [kind: Kind, arity: number, names: string])[] = [
  [
    'str',
    1,
    'boolToString concatLines concatStrings escapeShellArg escapeShellArgs fileContents getExe getName getVersion makeBinPath ' +
      'makeLibraryPath readFile toHexString toJSON toLower toString toUpper toXML typeOf',
  ],
  [
    'str',
    2,
    "concatMapStrings concatStringsSep escape getExe' hashString makeSearchPath optionalString removePrefix " +
      'removeSuffix toINI toYAML',
  ],
  ['str', 3, 'concatMapStringsSep replaceStrings substring'],
  ['bool', 1, 'isAttrs isBool isDerivation isFunction isInt isList isPath isString pathExists'],
  ['bool', 2, 'all any elem hasAttr hasInfix hasPrefix hasSuffix versionAtLeast versionOlder'],
  ['int', 1, 'length stringLength toInt'],
  ['list', 1, 'attrNames attrValues concatLists flatten reverseList tail unique'],
  [
    'list',
    2,
    'catAttrs concatMap filter genList imap0 imap1 map mapAttrsToList optional optionals range remove ' +
      'splitString subtractLists take drop zipLists',
  ],
  ['set', 1, 'fromTOML listToAttrs'],
  ['set', 2, 'filterAttrs genAttrs mapAttrs optionalAttrs recursiveUpdate removeAttrs'],
];

const byName = new Map(
  results.flatMap(([kind, arity, names]) => names.split(' ').map((name) => [name, { kind: kinds(kind), arity }])),
);

/** The kinds of what a function of the library gives for so many arguments; nothing where that is not known. */
export function resultOf(name: string, args: number): Kinds | undefined {
  const known = byName.get(name);
  if (!known || args > known.arity) return undefined;
  return args < known.arity ? kinds('function') : known.kind;
}

/** A package, a set of packages, or a function that makes one. */
const packages = kinds('package', 'set', 'function');
const onePackage = kinds('package', 'set');

/** Names in `pkgs` that are none of these (pkgs/top-level/stage.nix of nixpkgs). */
const others: ReadonlyMap<string, Kinds> = new Map([
  ['overlays', kinds('list')],
  ['path', kinds('path')],
  ['system', kinds('str')],
]);

/** Functions of `pkgs` that make a package of whatever they are given, in one step. */
const builders = new Set(
  (
    'buildEnv fetchFromGitHub fetchFromGitLab fetchgit fetchpatch fetchurl fetchzip makeDesktopItem symlinkJoin ' +
    'writeShellApplication writeTextFile'
  ).split(' '),
);

/** The same, in two steps: a name, and a text. */
const writers = new Set('writeScript writeScriptBin writeShellScript writeShellScriptBin writeText'.split(' '));

/** Methods of packages that give another one. */
const overrides = new Set(['override', 'overrideAttrs', 'withPackages', 'withPlugins']);

/** How sets of packages are named: `python3Packages`, `vimPlugins`, `nerd-fonts`. */
const setName = /(?:Packages(?:_\w+|\d+)?|Plugins|Extensions|-(?:extensions|fonts|plugins|scripts))$/;

/** The kinds of what a selection from `pkgs` is. */
export function packageAt([name, inner, ...more]: readonly (string | undefined)[]): Kinds | undefined {
  if (name === undefined || more.length) return undefined;
  if (inner === undefined) return others.get(name) ?? packages;
  return setName.test(name) ? packages : undefined;
}

/** The kinds of what a function that was selected from `pkgs` gives. */
export function builtBy(path: readonly (string | undefined)[], args: number): Kinds | undefined {
  const name = path.at(-1);
  if (name === undefined) return undefined;
  if (path.length > 1) return overrides.has(name) && args === 1 ? onePackage : undefined;
  return args === (writers.has(name) ? 2 : builders.has(name) ? 1 : Number.NaN) ? onePackage : undefined;
}
