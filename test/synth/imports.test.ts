import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cond, Feature, Flake, HomeUser, Host, inputs, mkForce, mkIf, mkMerge, nix, path, pkgs, str } from 'cdknix';
import { diagnostics, synthToFiles } from 'cdknix/testing';
import type { Construct } from 'constructs';
import { describe, expect, it } from 'vitest';
import { type CdknixError, type Diagnostic, type Position, renderAll } from '../../lib/diagnostics';
import { cdknix, projectWith } from '../cli/support';

const own = () => path('./fixtures/plain.nix') as never;

function hostIn(args: Record<string, unknown> = {}) {
  const flake = new Flake({ specialArgs: args as never });
  return { flake, host: new Host(flake, 'desk', { system: 'x86_64-linux' }) };
}

const codesOf = (say: (host: Host<'x86_64-linux'>) => unknown, args?: Record<string, unknown>) => {
  const { flake, host } = hostIn(args);
  say(host);
  return diagnostics(flake).map(({ code }) => code);
};

/** What of this file stands at a place. */
function textAt({ line, column, length }: Position): string {
  return readFileSync(__filename, 'utf8')
    .split('\n')
    [line - 1]!.slice(column - 1, column - 1 + length!);
}

describe('an import', () => {
  it.each<[string, (host: Host<'x86_64-linux'>) => unknown]>([
    ['mkIf of a file', (host) => host.import(mkIf(host.config.services.openssh.enable, own()) as never)],
    ['mkForce of a file', (host) => host.import(mkForce(own()) as never)],
    ['mkIf of a module of an input', (host) => host.import(mkIf(true, inputs.x!.nixosModules as never) as never)],
    ['mkIf of a function', (host) => host.import(mkIf(true, nix`{ pkgs, ... }: { }` as never) as never)],
    ['mkMerge', (host) => host.import(mkMerge([{ users: { motd: 'a' } }]) as never)],
  ])('cannot be %s', (_, say) => {
    expect(codesOf(say)).toEqual(['import-value']);
  });

  it.each<[string, (host: Host<'x86_64-linux'>) => unknown]>([
    ['a condition on packages', (host) => host.import(nix`if pkgs.stdenv.isLinux then { } else { }`)],
    [
      'a condition on its own configuration',
      (host) => host.import(cond(host.config.services.openssh.enable, {}, {}) as never),
    ],
    ['a file of a package', (host) => host.import(str`${pkgs.hello}/module.nix` as never)],
    ['a file of a package, in a template', (host) => host.import(nix`"\${pkgs.hello}/module.nix"`)],
    ['a path that is added to', (host) => host.import(nix`pkgs.path + "/nixos/modules/profiles/minimal.nix"`)],
    [
      'an option of it',
      (host) => host.import(nix`(lib.optionalAttrs config.services.nginx.enable { users.motd = "a"; })`),
    ],
    ['whether there is an option', (host) => host.import(nix`if options ? services.x then { } else { }`)],
  ])('cannot depend on %s', (_, say) => {
    expect(codesOf(say)).toEqual(['import-recursion']);
  });

  it.each<[string, (host: Host<'x86_64-linux'>) => unknown]>([
    ['a set whose values refer to packages', (host) => host.import({ environment: { systemPackages: [pkgs.git] } })],
    [
      'a set under a condition',
      (host) => host.import(mkIf(host.config.services.openssh.enable, { users: { motd: 'a' } })),
    ],
    ['a function of its own', (host) => host.import(nix`{ pkgs, config, ... }: if true then { } else pkgs`)],
    ['a call with packages', (host) => host.import(nix`import ${own()} { inherit pkgs; }`)],
    ['a condition on the library', (host) => host.import(nix`if lib.versionAtLeast lib.version "1" then { } else { }`)],
  ])('may be %s', (_, say) => {
    expect(codesOf(say)).toEqual([]);
  });

  it('may depend on the configuration of another machine, and on packages that come from outside', () => {
    const { flake, host } = hostIn();
    const nas = new Host(flake, 'nas', { system: 'x86_64-linux' });
    host.import(cond(nas.config.services.openssh.enable, {}, {}) as never);
    expect(diagnostics(flake)).toEqual([]);
    expect(codesOf((one) => one.import(nix`if pkgs.x then { } else { }`), { pkgs: nix`null` })).toEqual([]);
  });

  it('is shown at its own line, where it is a set of options among others', () => {
    const { flake, host } = hostIn();
    host.import(own(), { services: { openssh: { enabel: true } } } as never, {
      sound: { enable: true } as never,
      networking: { hostName: 'desk', domain: 1 } as never,
    });
    expect(diagnostics(flake).map(({ code, position }) => [code, textAt(position!)])).toEqual([
      ['option-unknown', 'enabel'],
      ['option-removed', 'enable'],
      ['option-type', 'domain'],
    ]);
  });

  it('is refused at the member that Nix cannot hold', () => {
    const { host } = hostIn();
    let error: unknown;
    try {
      host.import({}, { networking: { domain: Number.NaN as never } });
    } catch (thrown) {
      error = thrown;
    }
    const [{ message, position }] = (error as CdknixError).diagnostics as [Diagnostic];
    expect(message).toBe(
      'cannot write NaN in Nix at networking.domain: Nix has no such number; write null or leave it out',
    );
    expect(textAt(position!)).toBe('domain');
  });

  it('is judged in homes and in features as well, at the line that imports', () => {
    const { flake, host } = hostIn();
    class Desk extends Feature {
      constructor(scope: Construct, id: string) {
        super(scope, id);
        this.nixos.import(cond(this.nixos.config.services.openssh.enable, {}, {}) as never);
      }
    }
    new HomeUser(host, 'anna').import(mkIf(true, own()) as never).use(Desk);
    expect(renderAll(diagnostics(flake))).toMatchInlineSnapshot(`
      "error[import-value]: import was given mkIf(…) of a module: mkIf is for definitions
        in desk/anna
        at test/synth/imports.test.ts:116:32
        116 |     new HomeUser(host, 'anna').import(mkIf(true, own()) as never).use(Desk);
            |                                ^
        help: import the module always, and let what it says depend on an option: mkIf(…) inside of it

      error[import-recursion]: what is imported here depends on config, which depends on what is imported
        in desk/anna/desk
        at test/synth/imports.test.ts:113:20
        113 |         this.nixos.import(cond(this.nixos.config.services.openssh.enable, {}, {}) as never);
            |                    ^
        help: import it always, and let mkIf(…) decide what of it counts"
    `);
  });

  it('of definitions under a condition is checked as they are', () => {
    const { flake, host } = hostIn();
    host.import(mkIf(host.config.services.openssh.enable, { services: { ngnix: { enable: true } } } as never));
    expect(diagnostics(flake).map(({ message }) => message)).toEqual(['there is no option services.ngnix']);
  });
});

describe('a relative path in a template', () => {
  it('that leads to nothing in the output is shown where it is written', () => {
    const { flake, host } = hostIn();
    host.set({
      environment: { etc: { a: { source: nix`./motd` } } },
    });
    host.import(nix`import ../../nowhere.nix { }`);
    expect(renderAll(diagnostics(flake))).toMatchInlineSnapshot(`
      "error[file-missing]: ../../nowhere.nix leads to nowhere.nix in the output, and there is no such file
        in desk
        at test/synth/imports.test.ts:147:10
        147 |     host.import(nix\`import ../../nowhere.nix { }\`);
            |          ^
        help: in a template a path is relative to the file that it is written to; for a file of yours write \${path('../../nowhere.nix')}

      error[file-missing]: ./motd leads to hosts/desk/motd in the output, and there is no such file
        in desk
        at test/synth/imports.test.ts:145:34
        145 |       environment: { etc: { a: { source: nix\`./motd\` } } },
            |                                  ^^^^^^
        help: in a template a path is relative to the file that it is written to; for a file of yours write \${path('./motd')}"
    `);
  });

  it('is shown once for each machine that says it, with the folder of that machine', () => {
    const flake = new Flake();
    for (const name of ['desk', 'nas']) {
      new Host(flake, name, { system: 'x86_64-linux' }).set({ environment: { etc: { a: { source: nix`./motd` } } } });
    }
    expect(diagnostics(flake).map(({ path, message }) => `${path}: ${message}`)).toEqual([
      'desk: ./motd leads to hosts/desk/motd in the output, and there is no such file',
      'nas: ./motd leads to hosts/nas/motd in the output, and there is no such file',
    ]);
  });

  it('may lead to a file that others keep in the output, and not to one that this synth removes', async () => {
    const project = projectWith(`const flake = new cdknix.Flake();
const host = (name) => new cdknix.Host(flake, name, { system: 'x86_64-linux' });
host('nas');
host('desk').set({ users: { motd: cdknix.nix\`import ../nas/default.nix\` } });
`);
    expect((await cdknix(project, 'synth')).code).toBe(0);
    const code = readFileSync(join(project, 'app.js'), 'utf8');
    writeFileSync(join(project, 'app.js'), code.replace("host('nas');", ''));
    const { stderr } = await cdknix(project, 'synth');
    expect(stderr).toContain('../nas/default.nix leads to hosts/nas/default.nix in the output');
    writeFileSync(join(project, 'nix/hosts/desk/own.nix'), '{ }');
    writeFileSync(join(project, 'app.js'), code.replace('../nas/default.nix', './own.nix'));
    expect((await cdknix(project, 'synth')).code).toBe(0);
  });

  it('may lead to a file of the output, be asked for, or stand in a text', () => {
    const { flake, host } = hostIn();
    host.set({
      environment: {
        etc: {
          a: { source: nix`../../flake.nix` },
          b: { source: nix`if builtins.pathExists ./x then ./x else ./default.nix` },
          c: { text: 'see ./motd' },
          d: { source: nix`../../hosts` },
        },
      },
    });
    expect(diagnostics(flake)).toEqual([]);
    expect(synthToFiles(flake)['hosts/desk/default.nix']).toContain('../../hosts');
  });
});
