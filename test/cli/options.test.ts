import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { showTable } from '../../lib/options/table';
import { cdknix, projectWith } from './support';

/** A host that sets options and imports a file. */
const host = (options: string) => `const flake = new cdknix.Flake();
const host = new cdknix.Host(flake, 'desk', { system: 'x86_64-linux' });
host.set(${options});
`;

/** What an import left: a table of a few options. */
const imported = showTable({
  class: 'nixos',
  source: 'import',
  release: '26.05',
  options: {
    networking: { hostName: ['str'] },
    nixpkgs: { hostPlatform: ['any'] },
    system: { stateVersion: ['str'] },
    services: { mine: { enable: ['bool'], port: [{ kind: 'int', min: 0, max: 65535 }] } },
  },
});

describe('the options that a project has imported', () => {
  const files = { 'imports/nixos.options.jsonl': imported };

  it('are what is checked, and mistakes are errors then', async () => {
    const folder = projectWith(host('{ services: { mine: { enable: 1, prot: 80 } } }'), files);
    const { code, stderr } = await cdknix(folder, 'synth');
    expect(stderr).toMatchInlineSnapshot(`
      "error[option-type]: services.mine.enable takes boolean, not 1
        in desk
        at app.js:5:32
        5 | host.set({ services: { mine: { enable: 1, prot: 80 } } });
          |                                ^^^^^^
        help: write true

      error[option-unknown]: there is no option services.mine.prot
        in desk
        at app.js:5:43
        5 | host.set({ services: { mine: { enable: 1, prot: 80 } } });
          |                                           ^^^^
        help: did you mean services.mine.port?

      2 errors; nothing was written
      "
    `);
    expect([code, existsSync(join(folder, 'nix'))]).toEqual([1, false]);
  });

  it('replace those that came with cdknix', async () => {
    const folder = projectWith(host('{ services: { mine: { enable: true, port: 80 } } }'), files);
    expect(await cdknix(folder, 'synth', '--strict')).toMatchObject({ code: 0 });
  });

  it('are to be imported again where their file is damaged', async () => {
    const folder = projectWith(host('{}'), { 'imports/nixos.options.jsonl': imported.slice(0, -40) });
    const { code, stderr } = await cdknix(folder, 'synth');
    expect(stderr).toMatchInlineSnapshot(`
      "error[options-table]: cannot read the imported options in <dir>/imports/nixos.options.jsonl: it is not complete, or it was edited
        help: make them anew: cdknix import nixos

      1 error; nothing was written
      "
    `);
    expect(code).toBe(1);
  });
});

describe('an option that a Nix file of the user declares', () => {
  it('is known', async () => {
    const folder = projectWith(`${host('{ my: { port: 80, prot: 1 } }')}host.import('./mine.nix');`, {
      'mine.nix': '{ lib, ... }: { options.my.port = lib.mkOption { }; }',
    });
    const { stderr } = await cdknix(folder, 'synth');
    expect(stderr.match(/\[option-.*/g)).toEqual(['[option-unknown]: there is no option my.prot']);
  });
});
