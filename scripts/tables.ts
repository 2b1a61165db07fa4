/**
 * Writes the option tables that come with cdknix, data/options/*.jsonl:
 *
 *     REALWORLD=folder npm run tables
 *
 * The folder holds nixpkgs, home-manager and nix-darwin as local flakes, in the releases that the tables are to describe.
 * Needs `nix`. What is written depends on nothing but these flakes.
 */
import { existsSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { type Origin, showTable } from '../lib/options/table';
import { dumpTable } from './dump-table';

const realworld = realpathSync(process.env.REALWORLD ?? '.');
if (!existsSync(join(realworld, 'nixpkgs', 'flake.nix'))) {
  console.error('tables: set REALWORLD to the folder with nixpkgs, home-manager and nix-darwin as local flakes');
  process.exit(1);
}

const tables: Omit<Origin, 'source'>[] = [
  {
    class: 'nixos',
    // Modules of an unstable branch: what they become is not released yet.
    release: `${readFileSync(join(realworld, 'nixpkgs', 'lib', '.version'), 'utf8').trim()}pre`,
    modules: ['inputs.home-manager.nixosModules.home-manager'],
  },
  {
    class: 'darwin',
    release: releaseIn('nix-darwin', 'version.json'),
    modules: ['inputs.home-manager.darwinModules.home-manager'],
  },
  { class: 'home', release: releaseIn('home-manager', 'release.json') },
];

async function main() {
  for (const origin of tables) {
    const start = performance.now();
    const { options, leftOut } = await dumpTable(origin.class, realworld);
    const seconds = (performance.now() - start) / 1000;
    for (const { place, part } of leftOut) console.log(`cannot be evaluated: the ${part} of ${place.join('.')}`);
    const text = showTable({ ...origin, source: 'bundled', options });
    writeFileSync(join(__dirname, '..', 'data', 'options', `${origin.class}.jsonl`), text);
    const kilobytes = (bytes: number) => `${Math.round(bytes / 1000)} kB`;
    console.log(
      `${origin.class}: ${seconds.toFixed(1)} s, ${kilobytes(Buffer.byteLength(text))}, compressed ${kilobytes(gzipSync(text).length)}`,
    );
  }
}

function releaseIn(flake: string, file: string): string {
  return (JSON.parse(readFileSync(join(realworld, flake, file), 'utf8')) as { release: string }).release;
}

main();
