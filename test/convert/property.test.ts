import fc from 'fast-check';
import { expect, it } from 'vitest';
import { convert } from '../../lib/convert/convert';
import { featureName } from '../../lib/convert/feature-name';
import { NixSyntaxError, print } from '../../lib/nix';
import { arbitraryExpr } from '../support/arbitrary-nix';
import { grammatical } from '../support/nix-source';

const runs = Number(process.env.FUZZ_RUNS ?? 500);
const name = featureName('sample.nix');

function converts(nix: string): void {
  try {
    const { typescript, comments, keptComments } = convert(nix, 'nixos', name);
    expect(typescript).toMatch(/^import /);
    expect(keptComments).toBe(comments);
  } catch (error) {
    if (!(error instanceof NixSyntaxError)) throw error;
  }
}

it('any code converts to a feature that means the same, or is said to be no Nix', () => {
  fc.assert(fc.property(grammatical, converts), { numRuns: runs });
});

it('any value of an option converts', () => {
  fc.assert(
    fc.property(arbitraryExpr('tidy'), (tree) => converts(`{ lib, x, ... }: { environment.etc.a = ${print(tree)}; }`)),
    { numRuns: runs },
  );
});
