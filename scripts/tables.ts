/**
 * Writes the option tables that come with cdknix, data/options/*.jsonl:
 *
 *     REALWORLD=folder npm run tables
 *
 * The folder holds nixpkgs, home-manager and nix-darwin as local flakes, in the releases that the tables are to describe.
 * Needs `nix`. What is written depends on nothing but these flakes.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { readDump } from '../lib/options/dumped';
import { type Origin, showTable } from '../lib/options/table';

const realworld = realpathSync(process.env.REALWORLD ?? '.');
if (!existsSync(join(realworld, 'nixpkgs', 'flake.nix'))) {
  console.error('tables: set REALWORLD to the folder with nixpkgs, home-manager and nix-darwin as local flakes');
  process.exit(1);
}

const tables: Omit<Origin, 'source'>[] = [
  // No file says which release these NixOS modules are of. They have what came in summer 2024 (services.glance), and lack
  // what came in September (services.samba.settings, services.immich).
  { class: 'nixos', release: '24.11pre', modules: ['inputs.home-manager.nixosModules.home-manager'] },
  {
    class: 'darwin',
    release: releaseIn('nix-darwin', 'version.json'),
    modules: ['inputs.home-manager.darwinModules.home-manager'],
  },
  { class: 'home', release: releaseIn('home-manager', 'release.json') },
];

for (const origin of tables) {
  const start = performance.now();
  const { options } = readDump(dump(origin.class));
  const seconds = (performance.now() - start) / 1000;
  const text = showTable({ ...origin, source: 'bundled', options });
  writeFileSync(join(__dirname, '..', 'data', 'options', `${origin.class}.jsonl`), text);
  const kilobytes = (bytes: number) => `${Math.round(bytes / 1000)} kB`;
  console.log(
    `${origin.class}: ${seconds.toFixed(1)} s, ${kilobytes(Buffer.byteLength(text))}, compressed ${kilobytes(gzipSync(text).length)}`,
  );
}

function releaseIn(flake: string, file: string): string {
  return (JSON.parse(readFileSync(join(realworld, flake, file), 'utf8')) as { release: string }).release;
}

/** The options of a class, as the dumper prints them. */
function dump(of: string): string {
  return execFileSync(
    'nix',
    [
      ...['--extra-experimental-features', 'nix-command flakes', 'eval', '--raw', '--impure', '--offline'],
      ...['--expr', `import ${join(__dirname, 'tables.nix')} { realworld = "${realworld}"; class = "${of}"; }`],
    ],
    { encoding: 'utf8', maxBuffer: 2 ** 30, stdio: 'pipe' },
  );
}
