/**
 * Converts every module file of the module systems and says what came of it:
 *
 *     npx ts-node --swc scripts/convert-all.ts <output folder> <class>=<folder>...
 *
 * The output folder gets the TypeScript of all that converts, for a compiler and a formatter to be run over; with `ALONE=1`
 * without modules that tell the compiler of options of their own, as one program cannot hold all of them. `FILES=1` says why
 * each file that stays Nix does.
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { type Converted, convert } from '../lib/convert/convert';
import { featureName } from '../lib/convert/feature-name';
import { NixSyntaxError } from '../lib/nix';
import type { ModuleClass } from '../lib/options/config';

const [output, ...folders] = process.argv.slice(2);
const because = new Map<string, number>();
const raws = new Map<string, number>();
const total = { files: 0, whole: 0, refused: 0, definitions: 0, raw: 0 };
const started = process.hrtime.bigint();

for (const argument of folders) {
  const [of, folder] = argument.split('=') as [ModuleClass, string];
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile() && path.endsWith('.nix')) convertFile(path, of, join(output!, of, relative(folder, path)));
  }
}

const seconds = Number(process.hrtime.bigint() - started) / 1e9;
console.log(`${total.files} files in ${seconds.toFixed(1)} s, ${total.refused} with syntax errors`);
console.log(`${total.whole} stay Nix as a whole:`);
show(because);
console.log(`${total.definitions} definitions: ${total.definitions - total.raw} typed, ${total.raw} with raw Nix:`);
show(raws);

function convertFile(path: string, of: ModuleClass, to: string): void {
  total.files++;
  let converted: Converted;
  try {
    converted = convert(readFileSync(path, 'utf8'), of, featureName(path));
  } catch (error) {
    if (!(error instanceof NixSyntaxError)) throw new Error(`${path} does not convert`, { cause: error });
    total.refused++;
    return;
  }
  if (converted.because !== undefined) {
    total.whole++;
    count(because, converted.because);
    if (process.env.FILES) console.log(`${path}: ${converted.because}`);
  }
  total.definitions += converted.definitions;
  total.raw += converted.raw;
  for (const why of converted.raws) count(raws, why);
  const file = to.replace(/\.nix$/, '.ts');
  if (process.env.ALONE && /^declare module/m.test(converted.typescript)) return;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, converted.typescript);
}

function count(counts: Map<string, number>, what: string): void {
  counts.set(what, (counts.get(what) ?? 0) + 1);
}

function show(counts: ReadonlyMap<string, number>): void {
  for (const [what, times] of [...counts].sort(([, a], [, b]) => b - a))
    console.log(`${String(times).padStart(7)}  ${what}`);
}
