import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { asDefined, type NixValue, valuesCode } from '../lib/cli/explain/nix';
import { fleetOf } from '../lib/constructs/fleet';
import type { ModuleClass } from '../lib/options/config';
import { differences } from '../lib/options/resolve/compare';
import type { Outcome } from '../lib/options/resolve/outcome';
import { homesOf } from '../lib/synth/fleet';
import { planOf } from '../lib/synth/plan';
import { subjectsNamed } from '../lib/synth/questions/configurations';
import { PlanQueries } from '../lib/synth/questions/questions';
import { write } from '../lib/synth/write';
import { fleetOptions, sharedMembers, sharedOptions } from './support/fleet-options';
import { randomFleet } from './support/random-fleet';
import { describeRealworld, evaluate } from './support/realworld';

/** A value that a configuration sets: an option, or one inside of it. */
interface Place {
  readonly option: readonly string[];
  readonly names: readonly string[];
  readonly outcome: Outcome;
  /** Whether others define it too. */
  readonly isShared: boolean;
}

/** The places of an outcome down to what is no set any more. */
function placesOf(option: readonly string[], names: readonly string[], outcome: Outcome): Place[] {
  const isShared = names === option ? sharedOptions.has(option.join('.')) : sharedMembers.has(names.at(-1)!);
  // What is left to Nix alone tells nothing, and a large set of others' may need what the stand-in packages have not.
  if (isShared && outcome.is === 'open') return [];
  if (outcome.is !== 'set') return [{ option, names, outcome, isShared }];
  // What gives way to definitions of others does so as a whole.
  if (isShared && (outcome.weak || !outcome.members.length)) return [];
  if (!outcome.members.length) return [{ option, names, outcome, isShared: false }];
  return outcome.members.flatMap(([name, one]) => placesOf(option, [...names, name], one));
}

const isOpen = (outcome: Outcome): boolean => {
  if (outcome.is === 'list') return outcome.items.some((one) => one.is === 'some' || isOpen(one));
  if (outcome.is === 'joined') return outcome.pieces.some((one) => one.is === 'some' || isOpen(one));
  return outcome.is === 'open';
};

describeRealworld('random fleets', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cdknix-conformance-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const fleets = Number(process.env.FLEETS ?? 4);
  const seed = Number(process.env.SEED ?? 1);

  it('have the values in Nix that their definitions come to', { timeout: 60_000 + fleets * 30_000 }, async () => {
    const count = { fleets: 0, configurations: 0, values: 0, exact: 0, open: 0 };
    const found: string[] = [];
    for (let i = 0; i < fleets; i++) {
      const fleet = fleetOf(randomFleet(seed + i));
      const plan = planOf(fleet);
      const outdir = join(folder, String(i));
      write({ ...plan, state: { ...plan.state, file: `${outdir}.json`, before: null } }, outdir);
      const inquiry = new PlanQueries(plan.planned);
      const names = [
        ...fleet.hosts.map((host) => host.name),
        // A home may be both a part of its host's system and one of the flake's own.
        ...homesOf(fleet).flatMap(({ name, host, embedded, standalone }) => [
          ...(embedded ? [`${host!.name}/${name}`] : []),
          ...(standalone ? [host ? `${name}@${host.name}` : `~${name}`] : []),
        ]),
      ];
      const asked = names.map((name) => {
        const places = inquiry
          .resolvedOptions(name)
          .filter((one) => one.option[0] !== 'home-manager')
          .flatMap((one) => placesOf(one.option, one.option, one.outcome));
        return { name, configuration: subjectsNamed(fleet, name)[0]!.configuration, places };
      });
      for (const output of new Set(asked.map((one) => one.configuration.output))) {
        const some = asked.filter((one) => one.configuration.output === output);
        const codes = some.map(
          ({ configuration, places }) =>
            `(${valuesCode(
              configuration,
              places.map((one) => ({ option: one.names })),
            )})`,
        );
        const apply = `outputs: map (f: f outputs) [ ${codes.join(' ')} ]`;
        const all = await evaluate(outdir, output, apply).catch((error: Error) => {
          found.push(`seed ${seed + i}, ${output}: ${error.message.slice(error.message.lastIndexOf('error:'))}`);
        });
        if (!all) continue;
        some.forEach(({ name, configuration, places }, at) => {
          const values = JSON.parse((all as string[])[at]!) as NixValue[];
          count.configurations++;
          for (const [j, place] of places.entries())
            compare(`seed ${seed + i}, ${name}`, configuration.class, place, values[j]!);
        });
      }
      rmSync(outdir, { recursive: true });
      count.fleets++;
    }
    console.info(`conformance from seed ${seed}: ${JSON.stringify(count)}`);
    expect(found).toEqual([]);
    expect(count.open).toBeLessThan(count.values * 0.1);
    expect(count.exact).toBeGreaterThan(count.values * 0.6);

    function compare(who: string, of: ModuleClass, { option, names, outcome, isShared }: Place, value: NixValue) {
      count.values++;
      if (isOpen(outcome)) count.open++;
      // Others define what cdknix sets by itself.
      const isAlone = !isShared && option.join('.') in fleetOptions[of];
      if (isAlone && !isOpen(outcome)) count.exact++;
      for (const { at, expected, found: inNix } of differences(outcome, asDefined(value), names, isAlone)) {
        found.push(`${who}: ${at} is ${inNix}, not ${expected} (${value.files?.join(' ')})`);
      }
    }
  });
});
