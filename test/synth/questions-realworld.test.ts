import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Feature, Flake, HomeUser, Host, mkBefore, mkDefault, mkForce, mkMerge, nix } from 'cdknix';
import type { Construct } from 'constructs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { asDefined, type NixValue, valuesCode } from '../../lib/cli/explain/nix';
import { fleetOf } from '../../lib/constructs/fleet';
import { differences } from '../../lib/options/resolve/compare';
import { outcomeAt } from '../../lib/options/resolve/outcome';
import { planOf } from '../../lib/synth/plan';
import { type Subject, subjectsNamed } from '../../lib/synth/questions/configurations';
import { PlanQueries } from '../../lib/synth/questions/questions';
import { describeRealworld, evaluate } from '../support/realworld';

const folder = mkdtempSync(join(tmpdir(), 'cdknix-questions-'));
const project = process.cwd();
// A synth keeps its state where it runs.
beforeAll(() => process.chdir(folder));
afterAll(() => {
  process.chdir(project);
  rmSync(folder, { recursive: true });
});

/** A feature that says its own name in lists, texts and submodules. */
class Named extends Feature {
  constructor(scope: Construct, id: string, { name }: { name: string }) {
    super(scope, id);
    this.nixos.set({
      environment: { etc: { order: { text: name } } },
      services: { nginx: { virtualHosts: { a: { serverAliases: [name] } } } },
      users: { users: { anna: { extraGroups: [name] } } },
    });
    this.home.set({ home: { sessionPath: [name] }, programs: { bash: { initExtra: name } } });
  }
}

/** One that uses another one. */
class Outer extends Named {
  constructor(scope: Construct, id: string, props: { name: string }) {
    super(scope, id, props);
    this.use(named('inner'));
  }
}

const named = (name: string) => Named.with({ name }, name);
const outer = (name: string) => Outer.with({ name }, name);

function example(): Flake {
  const flake = new Flake();
  flake.use(outer('all'));
  const desk = new Host(flake, 'desk', { system: 'x86_64-linux' });
  desk.use(outer('first'), named('second'));
  desk.import(
    './fixtures/groups.nix',
    nix`{ lib, ... }: { users.users.anna.extraGroups = lib.mkMerge [ [ "inline" ] (lib.mkBefore [ "before" ]) ]; }`,
  );
  const anna = new HomeUser(desk, 'anna', { standalone: true }).use(named('own'), named('inner'));
  anna.set({ home: { sessionPath: ['plain'] }, programs: { bash: { initExtra: mkBefore('start') } } });
  desk.set({
    users: { users: { anna: { extraGroups: mkMerge([['last'], mkBefore(['very first'])]) } } },
    services: { nginx: { virtualHosts: { a: { serverAliases: ['x', 'y'] }, b: mkForce({ serverName: 'b' }) } } },
    time: { timeZone: mkDefault('UTC') },
  });
  desk.set(nix`{ home-manager.users.anna.home.sessionPath = [ "from the host" ]; }`);
  new HomeUser(desk, 'tom').set({ home: { sessionPath: ['tom'] } });
  new HomeUser(flake, 'sam', { system: 'x86_64-linux' }).use(named('own'), named('inner'));
  return flake;
}

/** Options that no other module defines. */
const options: Readonly<Record<string, readonly string[]>> = {
  desk: [
    'environment.etc.order.text',
    'services.nginx.virtualHosts.a.serverAliases',
    'services.nginx.virtualHosts.b.serverName',
    'users.users.anna.extraGroups',
    'time.timeZone',
  ],
  'desk/anna': ['home.sessionPath', 'programs.bash.initExtra'],
  'anna@desk': ['home.sessionPath', 'programs.bash.initExtra'],
  tom: ['home.sessionPath'],
  sam: ['home.sessionPath', 'home.stateVersion'],
};

describeRealworld('what the options of a fleet come to', () => {
  it('is what Nix computes, in its order', { timeout: 300_000 }, async () => {
    const flake = example();
    const outdir = join(folder, 'nix');
    const { planned } = planOf(fleetOf(flake));
    flake.synth({ outdir });
    const inquiry = new PlanQueries(planned);
    const checked: string[] = [];
    for (const [name, some] of Object.entries(options)) {
      const [{ configuration }] = subjectsNamed(planned.fleet, name) as [Subject];
      const paths = some.map((option) => option.split('.'));
      const code = valuesCode(
        configuration,
        paths.map((option) => ({ option })),
      );
      const values = JSON.parse((await evaluate(outdir, configuration.output, code)) as string) as NixValue[];
      const resolved = inquiry.resolvedOptions(name);
      paths.forEach((path, i) => {
        const whole = resolved.find(({ option }) => option.every((part, at) => part === path[at]))!;
        const outcome = outcomeAt(whole.outcome, path.slice(whole.option.length));
        const value = asDefined(values[i]!);
        expect(outcome, some[i]).toBeDefined();
        expect(differences(outcome!, value, path, true)).toEqual([]);
        checked.push(`${name} ${some[i]} = ${JSON.stringify(value)}`);
      });
    }
    expect(checked).toMatchInlineSnapshot(`
      [
        "desk environment.etc.order.text = "all\\ninner\\nfirst\\nsecond\\nown"",
        "desk services.nginx.virtualHosts.a.serverAliases = ["x","y","all","inner","first","second","own"]",
        "desk services.nginx.virtualHosts.b.serverName = "b"",
        "desk users.users.anna.extraGroups = ["very first","before","last","file","inline","all","inner","first","second","own","in a file"]",
        "desk time.timeZone = "UTC"",
        "desk/anna home.sessionPath = ["second","first","all","inner","own","plain","from the host"]",
        "desk/anna programs.bash.initExtra = "start\\nsecond\\nfirst\\nall\\ninner\\nown"",
        "anna@desk home.sessionPath = ["own","second","first","inner","all","plain"]",
        "anna@desk programs.bash.initExtra = "start\\nown\\nsecond\\nfirst\\ninner\\nall"",
        "tom home.sessionPath = ["second","first","inner","all","tom"]",
        "sam home.sessionPath = ["own","inner","all"]",
        "sam home.stateVersion = "26.05"",
      ]
    `);
  });
});
