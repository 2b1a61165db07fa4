import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Attempt, dumpInSteps, progressIn, type Steps, withoutProgress } from '../../lib/options/dump-steps';

type Path = readonly string[];

/** A dumper of options, of which some cannot be evaluated. */
function dumperOf(options: readonly Path[], failing: ReadonlySet<string>) {
  const attempts: Steps[] = [];
  const evaluate = async (steps: Steps): Promise<Attempt> => {
    attempts.push(steps);
    let stderr = '';
    const start = options.findIndex((one) => one.join('.') === steps.from.join('.'));
    for (const path of options.slice(Math.max(start, 0))) {
      const step = JSON.stringify([path, 'type', 0]);
      const isLeftOut = steps.without.includes(step);
      if (!isLeftOut) stderr += `trace: cdknix [ ${step}\n`;
      if (!isLeftOut && failing.has(path.join('.'))) {
        stderr += `error: ${path.join('.')} fails\n`;
        return { stderr, error: new Error('nix') };
      }
      if (!isLeftOut) stderr += `trace: cdknix ] ${step}\n`;
      stderr += `trace: cdknix = ${JSON.stringify([path, [isLeftOut ? 'any' : 'int']])}\n`;
    }
    return { stderr };
  };
  return { attempts, evaluate };
}

const names = fc.uniqueArray(fc.stringMatching(/^[a-z]{1,3}$/), { minLength: 1, maxLength: 12 });

describe('reading options step by step', () => {
  it('leaves out exactly what cannot be evaluated, with one more attempt for each', async () => {
    await fc.assert(
      fc.asyncProperty(names, fc.infiniteStream(fc.boolean()), async (all, fails) => {
        const failing = new Set(all.filter(() => fails.next().value));
        const { attempts, evaluate } = dumperOf(
          all.toSorted().map((name) => ['group', name]),
          new Set([...failing].map((name) => `group.${name}`)),
        );
        const { options, leftOut } = await dumpInSteps(evaluate);
        expect(options).toEqual({
          group: Object.fromEntries(all.map((name) => [name, [failing.has(name) ? 'any' : 'int']])),
        });
        expect(leftOut.map(({ place, part }) => [...place, part])).toEqual(
          [...failing].toSorted().map((name) => ['group', name, 'type']),
        );
        expect(attempts).toHaveLength(failing.size + 1);
      }),
    );
  });

  it('goes on with the last option that is done, and keeps what Nix says', async () => {
    const { attempts, evaluate } = dumperOf([['a'], ['b'], ['c']], new Set(['c']));
    const { leftOut } = await dumpInSteps(evaluate);
    expect(attempts.map(({ from }) => from)).toEqual([[], ['b']]);
    expect(leftOut.map(({ stderr }) => stderr)).toEqual(['error: c fails\n']);
  });

  it('fails with what fails in no option', async () => {
    const error = new Error('nix');
    await expect(dumpInSteps(async () => ({ stderr: 'error: x\n', error }))).rejects.toBe(error);
  });

  it('asks for a repair where the options of a place cannot be listed', async () => {
    const step = JSON.stringify([['a'], 'member', 0]);
    const failed = { stderr: `trace: cdknix [ ${step}\nerror: x\n`, error: new Error('nix') };
    const places: Path[] = [];
    const { options, leftOut } = await dumpInSteps(
      async () => failed,
      async (_, __, place) => {
        places.push(place);
        return { stderr: 'trace: cdknix = [["a"],["int"]]\n' };
      },
    );
    expect([options, leftOut, places]).toEqual([{ a: ['int'] }, [], [['a']]]);
  });

  it('takes what began in a step and did not end for caught', () => {
    const { open } = progressIn('trace: cdknix [ 1\ntrace: cdknix [ 2\ntrace: cdknix ] 1\ntrace: cdknix [ 3\n');
    expect(open).toEqual(['3']);
  });

  it('reads traces as a service manager prefixes them', () => {
    expect(withoutProgress('<5>trace: cdknix [ 1\nerror: x\n')).toBe('error: x\n');
  });
});
