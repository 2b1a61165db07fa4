/**
 * Writes the names that are known of packages and functions, data/names/*.txt:
 *
 *     NIXPKGS=<checkout> HOME_MANAGER=<checkout> npm run names
 *
 * One name a line, sorted; what is in a set stands behind the set's name and a dot. `a=b` is a name whose set has the names
 * of another one, of the package set if `b` is empty. Needs `nix`.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const { NIXPKGS, HOME_MANAGER } = process.env;
if (!NIXPKGS || !HOME_MANAGER) {
  console.error('names: set NIXPKGS and HOME_MANAGER to checkouts of them');
  process.exit(1);
}

/** The package set under other names, for other platforms. */
const whole = /^(pkgs|(build|target)Packages|pkgs(i686Linux|Static|Musl|LLVM|x86_64Darwin))$/;

/** Sets of packages whose names are taken, and their other names, which differ in versions. */
const sets: Readonly<Record<string, RegExp | undefined>> = {
  aspellDicts: undefined,
  cudaPackages: /^cudaPackages_1[23](_\d)?$/,
  dotnetCorePackages: undefined,
  fishPlugins: undefined,
  formats: undefined,
  gimpPlugins: /^gimp\dPlugins$/,
  gst_all_1: undefined,
  hunspellDicts: undefined,
  hyprlandPlugins: undefined,
  jetbrains: undefined,
  kakounePlugins: undefined,
  kdePackages: undefined,
  libretro: undefined,
  libsForQt5: undefined,
  linuxPackages: /^linuxPackages_(latest|zen|testing|xanmod(_\w+)?|\d+_\d+)$/,
  luaPackages: /^lua(5\d|jit)Packages$/,
  lxqt: undefined,
  mate: undefined,
  mpvScripts: undefined,
  'nerd-fonts': undefined,
  nushellPlugins: undefined,
  'obs-studio-plugins': undefined,
  ocamlPackages: /^ocamlPackages_latest$/,
  pantheon: undefined,
  perlPackages: /^perl5Packages$/,
  phpExtensions: /^php\d\dExtensions$/,
  phpPackages: /^php\d\dPackages$/,
  postgresqlPackages: /^postgresql\d\dPackages$/,
  python3Packages: /^python3\d\dPackages$/,
  rubyPackages: /^rubyPackages_\d_\d$/,
  rustPlatform: undefined,
  'terraform-providers': undefined,
  tmuxPlugins: undefined,
  vimPlugins: undefined,
  vimUtils: undefined,
  writers: undefined,
  xfce: undefined,
  xorg: undefined,
  yaziPlugins: undefined,
  zellijPlugins: undefined,
};

/** Programs that have a set of packages under `pkgs`. */
const programs: Readonly<Record<string, RegExp>> = {
  luaPackages: /^lua(5_\d|jit)?$/,
  perlPackages: /^perl$/,
  postgresqlPackages: /^postgresql(_\d\d)?$/,
  python3Packages: /^python3\d*$/,
};

type Names = Readonly<Record<'packages' | 'library' | 'builtins', readonly string[]>>;

const list = (names: readonly string[]) => `[ ${names.map((name) => `"${name}"`).join(' ')} ]`;
const code = `import ${join(__dirname, 'names.nix')} {
  nixpkgs = ${resolve(NIXPKGS)}; homeManager = ${resolve(HOME_MANAGER)};
  sets = ${list(Object.keys(sets))};
}`;
const flags = ['--extra-experimental-features', 'nix-command', '--impure', '--json'];
const options = { encoding: 'utf8', maxBuffer: 2 ** 26 } as const;
const names = JSON.parse(execFileSync('nix', ['eval', ...flags, '--expr', code], options)) as Names;

const withSets = (name: string): readonly string[] => {
  const set = whole.test(name) ? '' : setWith(sets, name);
  const ofProgram = setWith(programs, name);
  return [set === undefined ? name : `${name}=${set}`, ...(ofProgram ? [`${name}.pkgs=${ofProgram}`] : [])];
};
write('packages', names.packages.flatMap(withSets));
write('library', names.library);
write('builtins', names.builtins);

function setWith(all: Readonly<Record<string, RegExp | undefined>>, name: string): string | undefined {
  return Object.keys(all).find((set) => all[set]?.test(name));
}

function write(name: string, lines: readonly string[]): void {
  const folder = join(__dirname, '..', 'data', 'names');
  mkdirSync(folder, { recursive: true });
  // What a package set has for itself is nobody's package.
  const own = [...new Set(lines)].filter((line) => !/(^|\.)__/.test(line));
  const sorted = own.sort((a, b) => (nameIn(a) < nameIn(b) ? -1 : 1));
  writeFileSync(join(folder, `${name}.txt`), sorted.map((line) => `${line}\n`).join(''));
}

function nameIn(line: string): string {
  return line.split('=', 1)[0]!;
}
