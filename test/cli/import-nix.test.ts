import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Evaluation, flakeReference, type NixOptions, nixEval, nixRun } from '../../lib/cli/nix/nix';
import { messageOf } from '../../lib/cli/nix/nix-message';
import { type CdknixError, renderAll } from '../../lib/diagnostics';
import { folderWith } from './support';

const { PATH } = process.env;
let folder: string;
beforeEach(() => {
  folder = folderWith();
});
afterEach(() => {
  process.env.PATH = PATH;
});

/** Puts a program in the place of `nix`; it finds its arguments in `arguments`. */
function withNix(script: string): void {
  writeFileSync(join(folder, 'nix'), `#!/bin/sh\nprintf '%s\\n' "$@" > '${folder}/arguments'\n${script}\n`);
  chmodSync(join(folder, 'nix'), 0o755);
  process.env.PATH = [folder, PATH].join(delimiter);
}

const evaluation: Evaluation = {
  flake: 'path:/flake',
  output: 'nixosConfigurations',
  apply: 'x: "y"',
  what: 'the options of desk',
};

const config = () => ({ project: folder, app: 'true', outdir: join(folder, 'nix') });

async function problem(seconds = 10, more: Partial<Evaluation> = {}): Promise<string> {
  try {
    await nixEval({ ...evaluation, ...more }, { folder, flags: [], seconds });
  } catch (error) {
    return renderAll((error as CdknixError).diagnostics).replaceAll(folder, '<dir>');
  }
  throw new Error('it evaluates');
}

describe('nix', () => {
  it('evaluates an output of a flake, with the flags of the project before those of the command line', async () => {
    withNix('pwd; printf value');
    const options: NixOptions = {
      offline: true,
      impure: true,
      overrideInput: ['a', './x', 'b', 'github:b/b'],
      nixTimeout: 9,
    };
    const run = nixRun({ ...config(), nix: ['--cores', '2'] }, options);
    expect(await nixEval(evaluation, run)).toBe(`${folder}\nvalue`);
    expect(readFileSync(join(folder, 'arguments'), 'utf8').split('\n').slice(0, -1)).toEqual([
      ...[
        '--extra-experimental-features',
        'nix-command flakes',
        'eval',
        '--raw',
        '--cores',
        '2',
        '--offline',
        '--impure',
      ],
      ...['--override-input', 'a', join(process.cwd(), 'x'), '--override-input', 'b', 'github:b/b'],
      ...['--apply', 'x: "y"', 'path:/flake#nixosConfigurations'],
    ]);
  });

  it('is not given an input to override without what stands for it', () => {
    const options: NixOptions = { overrideInput: ['nixpkgs', 'path:x', 'nixos'], nixTimeout: 9 };
    expect(() => nixRun(config(), options)).toThrowErrorMatchingInlineSnapshot(`
      [CdknixError: --override-input takes two words, the name of an input and a flake reference, and has nixpkgs path:x nixos]
    `);
  });

  it.each([
    ['.', process.cwd()],
    ['./a', join(process.cwd(), 'a')],
    ['path:./a?x=y', `path:${join(process.cwd(), 'a')}?x=y`],
    ['/a', '/a'],
    ['nixpkgs', 'nixpkgs'],
    ['github:a/b', 'github:a/b'],
  ])('is given a flake reference that does not depend on the folder: %s', (text, reference) => {
    expect(flakeReference(text)).toBe(reference);
  });

  it('is said to be missing', async () => {
    process.env.PATH = folder;
    expect(await problem()).toMatchSnapshot();
  });

  it('is stopped when its time is up', async () => {
    withNix('echo "warning: it is late" >&2; exec sleep 60');
    expect(await problem(0.5)).toMatchSnapshot();
  });

  it('is said to have been killed', async () => {
    withNix('kill -9 $$');
    expect(await problem()).toMatchSnapshot();
  });

  it.each([
    ['an error', "error: attribute 'x' missing\n\n       at /flake/a.nix:1:1:\n\n            1| x\n             | ^"],
    ['warnings before it', "warning: the tree is dirty\n• Added input 'a'\ntrace: x\nerror: y"],
    ['colours', '\u001b[31;1merror:\u001b[0m \u001b[1mx\u001b[0m'],
    ['hints', "error: x\n(use '--show-trace' to show detailed location information)"],
    ['no network', "error: unable to download 'https://example.org/x': Couldn't resolve host name (6)"],
    ['flags that it does not know', "error: unrecognised flag '--nosuch'"],
    ['no such output', "error: flake 'path:/flake' does not provide attribute 'nixosConfigurations'"],
    ['nothing', ''],
  ])('is quoted without noise when it fails with %s', async (_, said) => {
    writeFileSync(join(folder, 'said'), said);
    withNix(`cat '${folder}/said' >&2; exit 1`);
    expect(await problem()).toMatchSnapshot();
  });

  it('is quoted with paths that the user knows, and with help for what was asked', async () => {
    withNix('echo "error: at /nix/store/x" >&2; exit 1');
    const near = (text: string) => text.replace('/nix/store/x', 'home/anna.nix');
    expect(await problem(10, { near, help: 'mend it' })).toMatchInlineSnapshot(`
      "error[nix-failed]: nix cannot evaluate the options of desk
        error: at home/anna.nix
        help: mend it"
    `);
  });

  it('may say what is no Unicode, and much of it', async () => {
    withNix("head -c 3000000 /dev/zero | tr '\\0' 'x'; printf '\\377'");
    expect(await nixEval(evaluation, { folder, flags: [], seconds: 30 })).toHaveLength(3_000_001);
  });
});

describe("Nix's message", () => {
  it('is all of it where no error is told from the rest', () => {
    expect(messageOf('something\nelse\n')).toBe('something\nelse');
  });

  it('is without places in the code that cdknix gave to Nix', () => {
    const said = `error:
       … while evaluating the attribute 'x'
         at «string»:3:4:
            2| a
            3| b
             | ^
            4| c
       … while calling
         at /nix/store/x/a.nix:1:1:
            1| y
             | ^
       error: no`;
    expect(messageOf(said)).toMatchInlineSnapshot(`
      "error:
             … while evaluating the attribute 'x'
             … while calling
               at /nix/store/x/a.nix:1:1:
                  1| y
                   | ^
             error: no"
    `);
  });
});
