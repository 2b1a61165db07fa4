import { expect, it } from 'vitest';
import { asDefined, type NixValue, namesInside } from '../../lib/cli/explain/nix';
import { showExplanation } from '../../lib/cli/explain/show';
import { plainText } from '../../lib/diagnostics';
import type { Outcome } from '../../lib/options/resolve/outcome';

const value = (one: string | number): Outcome<string> => ({ is: 'value', value: one });

/** What is said of a value, statically and by Nix. */
function said(outcome: Outcome<string>, nix: Partial<NixValue>, more: { differs?: string; elsewhere?: string[] } = {}) {
  const differences = more.differs ? [{ at: 'a.b', expected: more.differs, found: JSON.stringify(nix.value) }] : [];
  const shown = showExplanation({ option: ['a', 'b'], facts: {}, outcome, definitions: [] }, 'desk', 'NixOS', {
    applied: [],
    ...nix,
    differences,
    elsewhere: more.elsewhere ?? [],
  });
  const text = plainText(shown);
  return text.slice(text.indexOf('Nix says')).split('\n');
}

it('a value that differs may be one that the option itself made', () => {
  expect(said(value('x'), { value: ['x'] }, { differs: '"x"' })).toEqual([
    'Nix says: [ "x" ]',
    '  which differs: a.b is ["x"], not "x"',
    "  the option's own apply function may have changed it",
  ]);
});

it('parts of sets that the option made are named, a few of them', () => {
  const defined = Object.fromEntries(Array.from({ length: 7 }, (_, i) => [`x${i}`, i]));
  const made = Object.fromEntries(Array.from({ length: 7 }, (_, i) => [`x${i}`, i && [i]]));
  const lines = said({ is: 'open', because: 'several' }, { value: made, applied: [{ at: [], defined }] });
  expect(lines.slice(1)).toEqual([
    ...[1, 2, 3, 4, 5].map((i) => `  a.b.x${i} is made of ${i} by the option's own apply function`),
    '  and more that apply functions make',
  ]);
});

it('what nobody has set in a submodule is left out, and what is long is cut', () => {
  const set: Outcome<string> = { is: 'set', members: [['b', value(1)]], more: true };
  expect(said(set, { value: { a: 0, b: 1, c: 2 } })[0]).toBe('Nix says: { b = 1; … }');
  expect(said({ ...set, more: false }, { value: { a: 0, b: 1 } })[0]).toBe('Nix says: { b = 1; a = 0; }');
  const long = said(value(1), { value: Array.from({ length: 50 }, () => 'a text of some length') });
  expect([long.length, long.at(-1)]).toEqual([21, '…']);
  const elsewhere = Array.from({ length: 7 }, (_, i) => `${i}.nix`);
  expect(said(value(1), { value: 1 }, { elsewhere }).at(-1)).toBe(
    '  modules of NixOS define it too: 0.nix, 1.nix, 2.nix, 3.nix, 4.nix and 2 others',
  );
});

it('what definitions come to is put back, down to submodules', () => {
  const nix = { value: { a: { b: [1], c: 2 } }, applied: [{ at: ['a', 'b'], defined: 1 }] };
  expect(asDefined(nix)).toEqual({ a: { b: 1, c: 2 } });
  expect(
    asDefined({
      value: 'x',
      applied: [
        { at: [], defined: { y: 1 } },
        { at: ['z'], defined: 2 },
      ],
    }),
  ).toEqual({
    y: 1,
  });
  const outcome: Outcome<string> = {
    is: 'set',
    members: [['a', { is: 'set', members: [['b', value(1)]], more: true }]],
    more: true,
  };
  expect(namesInside(outcome)).toEqual([['a'], ['a', 'b']]);
});
