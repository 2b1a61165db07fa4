// Measures what DESIGN sets budgets for, each case in processes of its own, and prints a table (or JSON with --json).
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const runs = Number(process.env.BENCH_RUNS ?? 5);

/** The median of several runs of a case: what it measured of itself. */
function inside(file, size, env = {}) {
  const all = Array.from({ length: runs }, (_, i) => {
    const args = [join(root, 'bench/cases', file), String(size), join(scratch, `${file}-${size}-${i}`)];
    return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8', env: { ...process.env, ...env } }));
  });
  return { seconds: median(all.map((one) => one.seconds)), megabytes: median(all.map((one) => one.megabytes)) };
}

/** The median of several runs of a command of ours, from outside. */
function outside(args, cwd) {
  const [seconds] = inTurn([[process.execPath, ...args]], cwd);
  return { seconds };
}

/** The medians of several runs of commands, in turn, so that a busy moment is one of all. */
function inTurn(commands, cwd) {
  const all = Array.from({ length: runs + 1 }, () => commands.map((command) => secondsOf(command, cwd)));
  return commands.map((_, i) => median(all.slice(1).map((one) => one[i])));
}

function secondsOf([program, ...args], cwd) {
  const start = process.hrtime.bigint();
  const { status, stderr } = spawnSync(program, args, { cwd, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${program} ${args.join(' ')} exited with ${status}: ${stderr}`);
  return Number(process.hrtime.bigint() - start) / 1e9;
}

/** Checks a host beside what Nix takes for it by itself, with a stand-in for nixpkgs: that takes hardly any time. */
function addCheck(folder) {
  if (spawnSync('nix', ['--version']).error) return console.error('  there is no nix: check was not measured');
  const nixpkgs = join(folder, 'nixpkgs');
  cpSync(join(root, 'test/support/inputs/nixpkgs'), nixpkgs, { recursive: true });
  const app = join(folder, 'main.js');
  const input = `flake.input('nixpkgs', { url: 'path:${nixpkgs}' });`;
  writeFileSync(app, `${readFileSync(app, 'utf8')}\n${input}`);
  const nix = ['nix', '--extra-experimental-features', 'nix-command flakes'];
  secondsOf([process.execPath, cli, 'synth'], folder);
  secondsOf([...nix, 'flake', 'lock', '--offline', 'path:nix'], folder);
  const attribute = 'nixosConfigurations.elitebook.config.system.build.toplevel.drvPath';
  const [plain, checked] = inTurn(
    [
      [...nix, 'eval', '--offline', '--option', 'eval-cache', 'false', '--raw', `path:nix#${attribute}`],
      [process.execPath, cli, 'check', '--offline', 'elitebook'],
    ],
    folder,
  );
  add('nix eval of one host, on a stand-in for nixpkgs', '', () => ({ seconds: plain }));
  add('what cdknix check adds to it', '0.3 s', () => ({ seconds: checked - plain }));
}

/** Type checks an app with the options of all three systems, by both compilers. */
function addTypes(folder) {
  writeFileSync(
    join(folder, 'all.ts'),
    `import { Flake, HomeUser, Host, mkIf } from 'cdknix';
const flake = new Flake();
const desk = new Host(flake, 'desk', { system: 'x86_64-linux' });
desk.set({ services: { nginx: { enable: true, virtualHosts: { x: { locations: { '/': { proxyPass: 'http://y' } } } } } } });
new HomeUser(desk, 'anna').set({ programs: { git: mkIf(desk.config.services.nginx.enable, { enable: true }) } });
new Host(flake, 'book', { system: 'aarch64-darwin' }).set({ homebrew: { enable: true } });
`,
  );
  const options = ['--noEmit', '--strict', '--skipLibCheck', '--module', 'node16', '--target', 'es2022'];
  const [without, some, many] = [0, 10, 30].map((count) => appWithDeclarations(folder, count));
  const newer = join(installed('typescript@7'), 'node_modules/typescript/bin/tsc');
  const compilers = [
    ['TypeScript 6', join(root, 'node_modules/typescript/bin/tsc'), '2.5 s'],
    ...(existsSync(newer) ? [['TypeScript 7', newer, '0.6 s']] : []),
  ];
  for (const [name, tsc, budget] of compilers) {
    const checked = (file) => [process.execPath, tsc, ...options, '--ignoreConfig', file];
    const [all, ...own] = inTurn(['all.ts', without, some, many].map(checked), folder);
    add(`type check of an app with all options, ${name}`, budget, () => ({ seconds: all }));
    add(`… of 11 hosts, ${name}`, '', () => ({ seconds: own[0] }));
    add(`… with 10 features of 11 own options, ${name}`, '×1.25', () => ({ seconds: own[1] }));
    add(`… with 30 of them, ${name}`, '×1.5', () => ({ seconds: own[2] }));
  }
}

/** Writes an app whose features declare 11 options each, all of which a host sets, and gives the name of its file. */
function appWithDeclarations(folder, count) {
  const file = `own-${count}.ts`;
  const numbers = Array.from({ length: count }, (_, i) => i);
  const declared = numbers.map(
    (i) => `
export class Own${i} extends Feature {
  readonly options = this.nixos.declare({ services: { own${i}: {
    enable: mkEnableOption('own ${i}'),
    paths: mkOption({ type: types.listOf(types.path), default: [], description: 'Paths.' }),
    port: mkOption({ type: types.port, default: ${8000 + i}, description: 'Port.' }),
    level: mkOption({ type: types.enum(['low', 'high']), default: 'low', description: 'Level.' }),
    user: mkOption({ type: types.nullOr(types.str), default: null, description: 'User.' }),
    env: mkOption({ type: types.attrsOf(types.str), default: {}, description: 'Environment.' }),
    size: mkOption({ type: types.either(types.int, types.str), default: 1, description: 'Size.' }),
    lines: mkOption({ type: types.lines, default: '', description: 'Lines.' }),
    package: mkPackageOption(pkgs, 'git'),
    sites: mkOption({ description: 'Sites.', default: {}, type: types.attrsOf(types.submodule({ options: {
      root: mkOption({ type: types.path, description: 'Root.' }),
    } })) }),
    extra: mkOption({ type: types.submodule({ freeformType: types.attrsOf(types.anything) }), default: {}, description: 'More.' }),
  } } });
}
declare module 'cdknix' { interface DeclaredOptions { own${i}: Own${i} } }
`,
  );
  const set = numbers.map((i) => `own${i}: { enable: true, level: 'high', sites: { a: { root: '/srv' } } }`);
  const hosts = Array.from(
    { length: 11 },
    (_, i) => `
const host${i} = new Host(flake, 'host${i}', { system: 'x86_64-linux' }).use(${numbers.map((n) => `Own${n}`)});
host${i}.set({ services: { nginx: { enable: true }, ${set} } });
`,
  );
  const names = 'Feature, Flake, Host, mkEnableOption, mkOption, mkPackageOption, pkgs, types';
  const head = `import { ${names} } from 'cdknix';\n${declared.join('')}\nconst flake = new Flake();\n`;
  writeFileSync(join(folder, file), head + hosts.join(''));
  return file;
}

/** Installs what is measured beside ours and is no dependency, in a folder of its own. */
function installed(...packages) {
  const folder = join(scratch, packages[0].replace(/\W/g, '-'));
  const { status } = spawnSync('npm', ['install', '--no-save', '--prefix', folder, ...packages], { shell: true });
  if (status !== 0) console.error(`  ${packages.join(' and ')} could not be installed: not measured`);
  return folder;
}

/** As many resources in cdktf: as values, which is the least that it must do, and as its user has it. */
function addCdktf() {
  const CDKTF = installed('cdktf@0.21', 'constructs');
  if (!existsSync(join(CDKTF, 'node_modules/cdktf'))) return;
  add('cdktf: 10,000 resources, as values', 'to compare', () => inside('cdktf-resources.mjs', 10_000, { CDKTF }));
  add('cdktf: 10,000 resources, app.synth', 'to compare', () =>
    inside('cdktf-resources.mjs', 10_000, { CDKTF, WRITTEN: '1' }),
  );
}

/** Imports the published options of NixOS, where they are at hand. */
function addImport(folder) {
  const file = process.env.PUBLISHED_OPTIONS ?? join(root, '../shared/data/options');
  const json = join(file, 'nixos-25.05pre.json.gz');
  if (!existsSync(json)) return console.error(`  there is no ${json}: the import was not measured`);
  add('import --json of all options of NixOS', '5 s', () =>
    outside([cli, 'import', '--json', json, '--as', 'nixos'], folder),
  );
}

function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}

/** A project of one host whose app is compiled or run by ts-node. */
function project(folder, app) {
  mkdirSync(join(folder, 'node_modules'), { recursive: true });
  symlinkSync(root, join(folder, 'node_modules/cdknix'));
  for (const name of ['.bin', 'constructs', 'typescript', 'ts-node', '@swc']) {
    symlinkSync(join(root, 'node_modules', name), join(folder, 'node_modules', name));
  }
  const lines = [
    'const flake = new Flake();',
    "const elitebook = new Host(flake, 'elitebook', { system: 'x86_64-linux' });",
    'elitebook.set({ networking: { firewall: { enable: true } } });',
  ];
  writeFileSync(join(folder, 'package.json'), '{ "name": "bench", "private": true }');
  writeFileSync(join(folder, 'tsconfig.json'), '{ "compilerOptions": { "module": "node16", "target": "es2022" } }');
  writeFileSync(join(folder, 'main.ts'), ["import { Flake, Host } from 'cdknix';", ...lines].join('\n'));
  writeFileSync(join(folder, 'main.js'), ["const { Flake, Host } = require('cdknix');", ...lines].join('\n'));
  writeFileSync(join(folder, 'cdk-like.json'), JSON.stringify({ app, output: 'nix' }));
  return folder;
}

const scratch = mkdtempSync(join(tmpdir(), 'cdknix-bench-'));
const cli = join(root, 'dist/cli/main.js');
const rows = [];
const add = (what, budget, measure) => {
  const row = { what, budget, ...measure() };
  rows.push(row);
  if (!process.argv.includes('--json')) console.error(`  ${what}: ${show(row)}`);
};
const show = ({ seconds, megabytes }) => `${seconds.toFixed(3)} s${megabytes ? `, ${megabytes.toFixed(0)} MB` : ''}`;

try {
  add('fleet of 100 hosts × 10 features', '', () => inside('fleet.mjs', 100));
  add('fleet of 1,000 hosts × 10 features', '1.0 s, 200 MB', () => inside('fleet.mjs', 1000));
  add('the same, not written', '', () => inside('fleet.mjs', 1000, { MEMORY: '1' }));
  add('fleet of 10,000 hosts × 10 features', '×11 of 1,000', () => inside('fleet.mjs', 10_000));
  add('cdk8s: 1,000 charts × 10 objects', 'to compare', () => inside('cdk8s-fleet.mjs', 1000));
  add('10,000 constructs of one option in one module', '0.3 s, 120 MB', () => inside('constructs.mjs', 10_000));
  add('10,000 features of one option, a module each', '×1.0 of cdktf, 150 MB', () => inside('features.mjs', 10_000));
  addCdktf();
  add('1,000 groups, one inside of the other, a feature each', 'linear', () => inside('nested.mjs', 1000));
  add('4,000 of them', '×4 of 1,000', () => inside('nested.mjs', 4000));
  add('1,000 imported files in a chain', '2 s', () => inside('imports.mjs', 1000, { SHAPE: 'chain' }));
  add('4,000 of them', '×4 of 1,000', () => inside('imports.mjs', 4000, { SHAPE: 'chain' }));
  add('1,000 modules that import one folder', 'linear', () => inside('imports.mjs', 1000));
  add('4,000 of them', '×4 of 1,000', () => inside('imports.mjs', 4000));
  add('lists and parentheses 16,000 deep, printed', 'linear', () => inside('deep.mjs', 16_000));
  add('cdk8s: 10,000 objects', 'to compare', () => inside('cdk8s-constructs.mjs', 10_000));
  const compiled = project(join(scratch, 'compiled'), 'node main.js');
  const typed = project(join(scratch, 'typed'), 'ts-node --swc main.ts');
  add('cold synth of one host, compiled app', '0.150 s', () => outside([cli, 'synth'], compiled));
  add('cold synth of one host, ts-node --swc', '0.350 s', () => outside([cli, 'synth'], typed));
  addCheck(project(join(scratch, 'checked'), 'node main.js'));
  add('loading the table of NixOS, one look-up', '', () => inside('tables.mjs', 1));
  add('checking 200,000 definitions', '', () => inside('check.mjs', 200_000));
  addTypes(typed);
  add('first completion at services.', '', () => inside('editor.mjs', 1));
  add('first completion inside a virtual host', '', () => inside('editor.mjs', 1, { INSIDE: '1' }));
  addImport(typed);
  add('cdknix --help', '0.100 s', () => outside([cli, '--help'], scratch));
  add('node -e 0', 'cold synth: ×2.5 of it', () => outside(['-e', '0'], scratch));
} finally {
  rmSync(scratch, { recursive: true });
}

if (process.argv.includes('--json')) console.log(JSON.stringify(rows, null, 2));
else {
  console.log('| what | budget | median |\n| --- | --- | --- |');
  for (const row of rows) console.log(`| ${row.what} | ${row.budget} | ${show(row)} |`);
}
