/**
 * Converts every module file of the module systems, compiles the TypeScript, and says what came of it:
 *
 *     npx ts-node --swc scripts/convert-all.ts <output folder> <class>=<folder>...
 *
 * The class is `nixos`, `home` or `darwin`, or `guess` for what the options tell. The output folder gets the TypeScript of all
 * that converts. `FILES=1` says why each file that stays Nix does.
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { compilationFor } from '../lib/cli/convert/compilation';
import { compiled } from '../lib/convert/compile';
import { type Draft, draft } from '../lib/convert/draft';
import { featureName } from '../lib/convert/feature-name';
import { guessClass } from '../lib/convert/guess-class';
import { NixSyntaxError } from '../lib/nix';
import type { ModuleClass } from '../lib/options/config';

const [output, ...folders] = process.argv.slice(2);
const drafts = new Map<string, Draft>();
let refused = 0;

const drafting = seconds(() => {
  for (const argument of folders) {
    const [of, folder] = argument.split('=') as [ModuleClass | 'guess', string];
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      const path = join(entry.parentPath, entry.name);
      if (entry.isFile() && path.endsWith('.nix')) add(path, of, join(resolve(output!), of, relative(folder, path)));
    }
  }
});
console.log(`${drafts.size} files in ${drafting} s, ${refused} with syntax errors`);
let all = drafts;
const compiling = seconds(() => {
  all = compiled(drafts, compilationFor(resolve(output!))!);
});
console.log(`compiled in ${compiling} s`);

for (const [file, { converted }] of all) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, converted.typescript);
  if (converted.because !== undefined && process.env.FILES) console.log(`${file}: ${converted.because}`);
}

const results = [...all.values()].map(({ converted }) => converted);
const because = results.flatMap((one) => (one.because === undefined ? [] : [one.because]));
console.log(`${because.length} stay Nix as a whole:`);
show(because.map((one) => one.replace(/: .*/, '')));
const definitions = sum(results.map((one) => one.definitions));
const raw = sum(results.map((one) => one.raw));
console.log(`${definitions} definitions: ${definitions - raw} typed, ${raw} with raw Nix:`);
show(results.flatMap(({ raws }) => raws));

function add(path: string, of: ModuleClass | 'guess', to: string): void {
  const text = readFileSync(path, 'utf8');
  try {
    drafts.set(to.replace(/\.nix$/, '.ts'), draft(text, of === 'guess' ? guessClass(text) : of, featureName(path)));
  } catch (error) {
    if (!(error instanceof NixSyntaxError)) throw new Error(`${path} does not convert`, { cause: error });
    refused++;
  }
}

function seconds(work: () => void): string {
  const started = process.hrtime.bigint();
  work();
  return (Number(process.hrtime.bigint() - started) / 1e9).toFixed(1);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, one) => all + one, 0);
}

function show(all: readonly string[]): void {
  const counts = new Map<string, number>();
  for (const one of all) counts.set(one, (counts.get(one) ?? 0) + 1);
  for (const [what, times] of [...counts].sort(([, a], [, b]) => b - a))
    console.log(`${String(times).padStart(7)}  ${what}`);
}
