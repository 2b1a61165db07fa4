import { expect, it } from 'vitest';
import type { ModuleClass } from '../lib/options/config';
import { kindOf } from '../lib/options/type';
import { type Pair, pairsOf } from './support/differential';
import { describeRealworld, realworld } from './support/realworld';

/** How many pairs are drawn, and with which seed: `REALWORLD=… PAIRS=100000 SEED=2 npm run test:differential`. */
const isWhole = process.env.npm_lifecycle_event === 'test:differential';
const count = Number(process.env.PAIRS ?? (isWhole ? 30_000 : 2000));
const seed = Number(process.env.SEED ?? 1);

const classes: readonly ModuleClass[] = ['nixos', 'home', 'darwin'];

describeRealworld('the check of definitions and the real types', () => {
  it('agree', { timeout: 3_600_000 }, async () => {
    const share = Math.ceil(count / classes.length);
    const drawn = await Promise.all(classes.map((of) => pairsOf(of, share, seed, realworld!)));
    const pairs = drawn.flat();
    const judged = pairs.filter(({ real }) => real !== null);
    const falseErrors = judged.filter(({ ours, real }) => !ours && real);
    const missed = judged.filter(({ ours, real }) => ours && real === false);
    // The formats of `pkgs.formats` are made up here, and tables only say that an option takes data of one.
    const ofFormats = missed.filter(({ trusted }) => trusted === 'data');
    const ours = missed.filter(({ trusted }) => trusted !== 'data');
    const found = judged.filter(({ ours, real }) => !ours && real === false);
    console.log(
      [
        `pairs: ${judged.length}; not judged: ${pairs.length - judged.length}, as the errors are none of their types`,
        `agree: ${judged.length - falseErrors.length - missed.length}`,
        `false errors: ${falseErrors.length}`,
        `real errors: found ${found.length}, missed ${ours.length}, and ${ofFormats.length} of data in file formats`,
        `missed, by kind of type: ${JSON.stringify(byKind(ours))}`,
        ...(isWhole ? ours.map(shown) : []),
      ].join('\n'),
    );
    expect(falseErrors.map(shown)).toEqual([]);
    expect(ours.length).toBeLessThanOrEqual((found.length + ours.length) / 100);
  });
});

function byKind(pairs: readonly Pair[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { type, trusted } of pairs) {
    const kind = trusted ?? kindOf(type);
    counts[kind] = (counts[kind] ?? 0) + 1;
  }
  return counts;
}

function shown({ of, path, steps, code }: Pair): string {
  return `  ${of}: ${[path, ...steps].map((one) => one.join('.')).join(' / ')} = ${code.trim().replaceAll('\n', ' ')}`;
}
