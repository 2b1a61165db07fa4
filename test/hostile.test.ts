import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { Hostile, type Spot, writeHostile } from './support/hostile';
import { describeNix, runNix } from './support/nix';

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'cdknix-hostile-')));
afterAll(() => rmSync(folder, { recursive: true }));

const wanted = Number(process.env.HOSTILE ?? 3000);
const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31);

/** How many fleets Nix reads in one process. */
const batch = 10;

describeNix('a fleet of hostile texts', () => {
  it(`is read by Nix as it was meant (${wanted} texts, SEED=${seed})`, { timeout: 3_600_000 }, () => {
    const hostile = new Hostile(seed);
    let fleets = 0;
    while (hostile.count < wanted) {
      const made: [string, readonly Spot[]][] = [];
      while (made.length < batch) {
        const project = join(folder, String(fleets++));
        mkdirSync(project);
        made.push([project, writeHostile(project, hostile)]);
      }
      const wrong = wrongSpots(made.map(([project]) => project));
      made.forEach(([project, spots], i) => {
        expect(
          wrong[i]!.map((index) => spots[index]),
          project,
        ).toEqual([]);
      });
      for (const [project] of made) rmSync(project, { recursive: true });
    }
    console.log(`${hostile.count} texts in ${fleets} fleets`);
  });
});

/** For each folder the indices of spots whose value is not what was put there. */
function wrongSpots(folders: readonly string[]): number[][] {
  const asked = join(folder, 'folders.json');
  writeFileSync(asked, JSON.stringify(folders));
  const code = `import ${join(__dirname, 'support', 'hostile.nix')} { folders = builtins.fromJSON (builtins.readFile ${asked}); }`;
  const { status, stdout, stderr } = runNix('nix-instantiate', ['--eval', '--strict', '--json', '-E', code]);
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as number[][];
}
