import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Draft, draft } from '../../lib/convert/draft';
import { featureName } from '../../lib/convert/feature-name';
import { NixSyntaxError, print } from '../../lib/nix';
import { arbitraryExpr } from '../support/arbitrary-nix';
import { differencesIn } from '../support/converted';
import { damaged, grammatical } from '../support/nix-source';

const runs = Number(process.env.FUZZ_RUNS ?? 300);
/** Of a run of thousands. */
const timeout = 60_000 + runs * 100;
const name = featureName('sample.nix');

/** Converts code, if it is Nix, and runs the TypeScript as it is printed. */
function converts(nix: string): void {
  const made = drafted(nix);
  if (!made) return;
  const { typescript, comments, keptComments, because } = made.converted;
  expect(typescript).toMatch(because === 'it holds a secret' ? /^$/ : /^import /);
  expect(keptComments).toBe(comments);
  if (made.lowered) expect(differencesIn(made)).toEqual([]);
}

function drafted(nix: string): Draft | undefined {
  try {
    return draft(nix, 'nixos', name);
  } catch (error) {
    if (!(error instanceof NixSyntaxError)) throw error;
    return undefined;
  }
}

it('any code converts to a feature that means the same, or is said to be no Nix', { timeout }, () => {
  fc.assert(fc.property(fc.oneof(grammatical, damaged), converts), { numRuns: runs });
});

it('any value of an option converts to what means the same', { timeout }, () => {
  const values = arbitraryExpr('tidy', 4);
  fc.assert(
    fc.property(values, (tree) => converts(`{ lib, x, ... }: { environment.etc.a = ${print(tree)}; }`)),
    { numRuns: runs },
  );
});

it('any module of several definitions, options and variables converts to what means the same', { timeout }, () => {
  const values = arbitraryExpr('tidy', 3).map((tree) => print(tree).trim());
  const module = fc.tuple(values, values, values, values).map(
    ([a, b, c, d]) => `
        { config, lib, pkgs, ... }:
        let
          x = ${a};
          cfg = config.services.nginx;
        in
        with lib;
        {
          options.my.x = mkOption { type = types.anything; default = ${b}; };
          config = mkIf (cfg.enable) { environment.variables.A = ${c}; my.x = x; networking.hosts = mkForce (${d}); };
        }
      `,
  );
  fc.assert(fc.property(module, converts), { numRuns: runs });
});
