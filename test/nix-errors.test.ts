import { describe, expect, it } from 'vitest';
import { runApp } from '../lib/cli/app/run-app';
import { problemOfWarning, problemsOf } from '../lib/cli/nix-error/classify';
import { diagnose } from '../lib/cli/nix-error/diagnose';
import { problemOfInput } from '../lib/cli/nix-error/input-messages';
import { readNixOutput } from '../lib/cli/nix-error/nix-error';
import { outputFiles } from '../lib/cli/nix-error/output-files';
import { renderAll } from '../lib/diagnostics';
import type { Plan } from '../lib/synth/output';
import type { Answer, Question } from '../lib/synth/questions/questions';
import { projectWith } from './cli/support';

const store = `/nix/store/${'a'.repeat(32)}-source`;
const nixpkgs = `/nix/store/${'b'.repeat(32)}-source`;

/** The same error as Nix 2.8 and as Nix 2.24 say it. */
const old = `warning: not writing modified lock file of flake 'path:/x':
trace: evaluation warning: mkThing is deprecated
  and goes away
error: attribute 'ripgrepp' missing

       at ${store}/hosts/desk/default.nix:5:34:

            4|
            5|   environment.systemPackages = [ pkgs.ripgrepp ];
             |                                  ^
            6| }
       Did you mean one of ripgrep or ipgrep?

       … while evaluating definitions from \`${store}/hosts/desk':

       … while evaluating the option \`environment.systemPackages':

       … while evaluating the attribute 'value'

       at ${nixpkgs}/lib/modules.nix:849:20:

          848|             inherit (module) file;
          849|             inherit value;
             |                    ^
`;

const recent = `evaluation warning: mkThing is deprecated
  and goes away
error:
       … while evaluating the attribute 'value'
         at ${nixpkgs}/lib/modules.nix:849:20:
          848|             inherit (module) file;
          849|             inherit value;
             |                    ^

       … while evaluating the option \`environment.systemPackages':

       … while evaluating definitions from \`${store}/hosts/desk':

       error: attribute 'ripgrepp' missing
       at ${store}/hosts/desk/default.nix:5:34:
            4|
            5|   environment.systemPackages = [ pkgs.ripgrepp ];
             |                                  ^
            6| }
       Did you mean one of ripgrep or ipgrep?
`;

describe('what Nix says', () => {
  it.each([
    ['before 2.15', old],
    ['since 2.15', recent],
  ])('is taken apart as Nix says it %s', (_, stderr) => {
    const { warnings, error } = readNixOutput(stderr);
    expect(warnings).toEqual(['mkThing is deprecated\n  and goes away']);
    expect(error).toMatchObject({
      message: "attribute 'ripgrepp' missing",
      at: { file: `${store}/hosts/desk/default.nix`, line: 5, column: 34 },
      proposals: ['ripgrep', 'ipgrep'],
      frames: [
        { text: `while evaluating definitions from \`${store}/hosts/desk':` },
        { text: "while evaluating the option `environment.systemPackages':" },
        { text: "while evaluating the attribute 'value'", at: { file: `${nixpkgs}/lib/modules.nix`, line: 849 } },
      ],
    });
  });

  it('may be of several lines, with colours', () => {
    const { error } = readNixOutput(
      '\u001b[31;1merror:\u001b[0m\n       Failed assertions:\n       - one\n         more\n\n       - two\n',
    );
    expect(error?.message).toBe('Failed assertions:\n- one\n  more\n\n- two');
    expect(problemsOf(error!, undefined).map((one) => one.message)).toEqual(['one', 'two']);
  });

  it('may have frames left out, and sources without a store path', () => {
    const { error } = readNixOutput(`error:
       … while evaluating the option \`services.x':
       (19 duplicate frames omitted)

       (stack trace truncated; use '--show-trace' to show the full, detailed trace)

       error: attribute '"a.b"' missing
       at «github:example/x/0123?narHash=sha256-a»/lib/x.nix:12:3:
           11| y
           12|   x."a.b"
             |   ^
       Did you mean "a.c"?
`);
    expect(error).toMatchObject({
      message: `attribute '"a.b"' missing`,
      at: { file: '«github:example/x/0123?narHash=sha256-a»/lib/x.nix', line: 12, column: 3 },
      frames: [{ text: "while evaluating the option `services.x':" }],
    });
    expect(problemsOf(error!, undefined)[0]).toMatchObject({ message: "there is no attribute 'a.b'" });
  });

  it('has no error where there is none', () => {
    expect(readNixOutput('warning: Git tree is dirty\nerror (ignored): database is busy\n')).toEqual({ warnings: [] });
  });
});

describe('each kind of message', () => {
  it.each([
    [
      "The option `my.req' is used but not defined.",
      'nix-option-required',
      'my.req has no value, and something asks for it',
    ],
    [
      "The option `a.b' is read-only, but it's set multiple times. Definition values:\n- In `/x.nix': 1",
      'nix-option-read-only',
      'a.b is read-only, and is set more than once',
    ],
    [
      "The option `a.b' is defined multiple times while it's expected to be unique.",
      'nix-option-conflict',
      'a.b is defined more than once, and takes one definition',
    ],
    ["The option `a.b' can no longer be used since it's been removed. Use c.", 'nix-option-removed', 'a.b was removed'],
    [
      "The option `a.b' in `/x.nix' is already declared in `/y.nix'.",
      'nix-option-declared',
      'the option a.b is declared twice',
    ],
    [
      "A definition for option `a.b' is not of type `16 bit unsigned integer; between 0 and 65535 (both inclusive)'. Definition values:\n- In `/x.nix': \"80\"",
      'nix-option-type',
      'a.b takes integer between 0 and 65535 (both inclusive), not "80"',
    ],
    [
      "A definition for option `users.users.anna.password' is not of type `null or string'. Definition values:\n- In `/x.nix': 123456",
      'nix-option-type',
      'users.users.anna.password takes null or string, not such a value',
    ],
    ['value is a string while a set was expected', 'nix-type', 'a string stands where a set is expected'],
    ['expected a Boolean but found a string: "yes"', 'nix-type', 'a string stands where a Boolean is expected'],
    ['cannot coerce an integer to a string: 1', 'nix-type', 'an integer stands where a string is expected'],
    [
      "function 'anonymous lambda' called without required argument 'b'",
      'nix-argument',
      "a function is called without its argument 'b'",
    ],
    ["assertion '(1 == 2)' failed", 'nix-assert', 'an assert does not hold: 1 == 2'],
    ["undefined variable 'foo'", 'nix-undefined-variable', "the Nix variable 'foo' is not defined here"],
    ['infinite recursion encountered', 'nix-recursion', 'a value depends on itself'],
    [`path '${store}/hosts/x.txt' does not exist`, 'nix-path', 'there is no file hosts/x.txt'],
    [
      "access to absolute path '/etc/passwd' is forbidden in pure evaluation mode (use '--impure' to override)",
      'nix-path',
      '/etc/passwd cannot be read: a flake sees its own files only',
    ],
    [
      "cannot look up '<nixpkgs>' in pure evaluation mode",
      'nix-path',
      '<nixpkgs> cannot be looked up: a flake knows its inputs only',
    ],
    [
      'Package ‘steam-1.0’ in /x/default.nix:3 has an unfree license (‘unfree’), refusing to evaluate.',
      'nix-unfree',
      'the package steam-1.0 is unfree, and nobody has allowed it',
    ],
    [
      'Package ‘electron-27.3.11’ in /x.nix:3 is marked as insecure, refusing to evaluate.',
      'nix-insecure',
      'the package electron-27.3.11 has known vulnerabilities',
    ],
    [
      "Module `/x/m.nix' has an unsupported attribute `services'. This is caused by …",
      'nix-module',
      "the module has 'services' beside 'config' or 'options'",
    ],
    ["syntax error, unexpected '}', expecting ';'", 'nix-syntax', "unexpected '}', expecting ';'"],
    ["evaluation aborted with the following error message: 'Stop it.'", 'nix-throw', 'stop it'],
  ])('%s', (message, code, ours) => {
    const [objection] = problemsOf({ message, proposals: [], frames: [], text: '' }, undefined);
    expect(objection).toMatchObject({ code, message: ours });
  });

  it.each([
    ["unable to download 'https://api.github.com/repos/nix-community/disko/commits/latest': HTTP error 404", 'disko'],
    ["unable to download 'https://api.github.com/repos/NixOS/nixpkgs/commits/nixos-26.05': HTTP error 403", 'nixpkgs'],
    [
      "unable to download 'https://api.github.com/repos/NixOS/nixpkgs/commits/nixpkgs-26.05-darwin': Couldn't resolve host name (6)",
      'nixpkgs-darwin',
    ],
    ["program 'git' failed with exit code 128", 'own'],
    ["cannot find flake 'flake:hardware' in the flake registries", 'hardware'],
    ["getting status of '/srv/tools': No such file or directory", 'tools'],
    ["source tree referenced by 'path:/srv/tools?lastModified=1' does not contain a '/flake.nix' file", 'tools'],
    ["NAR hash mismatch in input 'github:nix-community/disko/0123', expected 'sha256-a', got 'sha256-b'", 'disko'],
    ["unable to download 'https://example.org/x': HTTP error 500", undefined],
  ])('of inputs says which one: %s', (message, input) => {
    const inputs = new Map([
      ['disko', 'github:nix-community/disko/latest'],
      ['nixpkgs', 'github:NixOS/nixpkgs/nixos-26.05'],
      ['nixpkgs-darwin', 'github:NixOS/nixpkgs/nixpkgs-26.05-darwin'],
      ['own', 'git+ssh://git@example.org/own'],
      ['hardware', 'flake:hardware'],
      ['tools', 'path:/srv/tools'],
    ]);
    const objection = problemOfInput({ message, proposals: [], frames: [], text: '' }, inputs);
    expect(objection?.input).toBe(input);
    expect(objection?.code).toMatch(/^nix-(fetch|input)$/);
    expect(objection?.message).toContain(input === undefined ? 'an input' : `the input '${input}'`);
  });

  it('of inputs knows the one that Nix was at, and its parts', () => {
    const frames = [{ text: "while updating the flake input 'disko/nixpkgs'" }];
    const error = { message: 'HTTP error 404', proposals: [], frames, text: '' };
    expect(problemOfInput(error, new Map([['disko', 'x:y']]))).toMatchObject({ code: 'nix-fetch', input: 'disko' });
  });

  it('is not taken for one about an input because it names a file', () => {
    const error = { message: "path '/srv/x' does not exist", proposals: [], frames: [], text: '' };
    expect(problemOfInput(error, new Map([['tools', 'path:/srv/tools']]))).toBeUndefined();
  });

  it('says how to allow a package', () => {
    const help = (message: string) => problemsOf({ message, proposals: [], frames: [], text: '' }, undefined)[0]!.help;
    expect(help('Package ‘steam-1.0’ in /x.nix:3 has an unfree license (‘unfree’), refusing.')).toBe(
      "allow it: flake.allowUnfree('steam')",
    );
    expect(help('Package ‘electron-27.3.11’ in /x.nix:3 is marked as insecure')).toContain(
      "flake.allowInsecure('electron')",
    );
  });

  it('of a warning tells an option with a new name, and the home that it is of', () => {
    const warning = "ben profile: The option `programs.a' defined in `/x/home/ben' has been renamed to `programs.b'.";
    expect(problemOfWarning(warning)).toMatchObject({
      code: 'nix-option-renamed',
      severity: 'warning',
      option: ['home-manager', 'users', 'ben', 'programs', 'a'],
      help: 'write programs.b',
    });
    expect(problemOfWarning('`services.x.enable` is on.\nMind it.')).toMatchObject({
      code: 'nix-warning',
      notes: ['Mind it.'],
      named: [['services', 'x', 'enable']],
    });
  });
});

describe('an error of Nix', () => {
  const app = `const { nix, pkgs } = cdknix;
const flake = new cdknix.Flake();
const desk = new cdknix.Host(flake, 'desk', { system: 'x86_64-linux' });
desk.set({ environment: { systemPackages: [pkgs.git, pkgs.ripgrepp] } });
desk.set({ services: { ngnix: { enable: true } } });
desk.set({ networking: { domain: 'a.org' } });
desk.set({ networking: { domain: 'b.org' } });
desk.set({
  users: {
    motd: nix\`let
  unused = \${80};
in "\${ '' }" + (toString \${[1]}) + (lib.fo "x")\`,
  },
});
desk.import(nix\`inputs.nixpkgs.nixosModules.nope\`);
desk.import('./own.nix');
new cdknix.HomeUser(desk, 'ben').set({ programs: { gti: { enable: true } } });
desk.set({ assertions: [{ assertion: false, message: 'caddy needs no firewall' }] });
desk.set({ warnings: nix\`lib.optional true "mind the \${'gap'} there"\` });
desk.import('./asserts.nix');
desk.set({ networking: { networkmanager: { enable: true } }, environment: { etc: { x: { text: 'x' } } } });
desk.set({ boot: { loader: { grub: { enable: true } } }, users: { users: { svc: { home: '/srv' } } } });
`;
  const asserts = `{ config, ... }: {
  warnings = [ ''
    \${config.x} is
    old
  '' ];
}
`;
  const own = '{ pkgs, ... }: {\n  networking.domain = "c.org";\n  users.motd = "ä" + pkgs.x;\n}\n';
  const project = projectWith(app, { 'own.nix': own, 'asserts.nix': asserts });

  /** What is told of an error whose text is made with what the output says. */
  async function told(
    makes: readonly ((lineOf: (file: string, text: string) => string) => string)[],
  ): Promise<string[]> {
    const config = { project, app: 'node app.js', outdir: `${project}/nix` };
    const plan = await runApp(config, 60);
    const files = outputFiles(plan, '/nowhere');
    const lineOf = (file: string, text: string) => {
      const before = files.text(file).split(text)[0]!.split('\n');
      return `${store}/${file}:${before.length}:${Buffer.byteLength(before.at(-1)!) + 1}`;
    };
    return Promise.all(
      makes.map(async (make) => {
        const { error, warnings } = readNixOutput(make(lineOf));
        const diagnostics = await diagnose([{ of: 'desk', warnings, ...(error && { error }) }], {
          files,
          ask: async (questions) => (await runApp(config, 60, questions)).answers,
          namesIn: async () => ['nopf', 'other'],
          otherModuleSystem: () => undefined,
        });
        return renderAll(diagnostics).replaceAll(`${project}/`, '');
      }),
    );
  }

  it('is shown where the user wrote what it is about', { timeout: 60_000 }, async () => {
    const host = 'hosts/desk/default.nix';
    const answers = await told([
      (lineOf) => `error: attribute 'ripgrepp' missing\n\n       at ${lineOf(host, 'pkgs.ripgrepp')}:\n`,
      () =>
        `error: The option \`services.ngnix' does not exist. Definition values:\n       - In \`${store}/hosts/desk':\n           {\n             enable = true;\n           }\n\n       Did you mean \`services.guix' or \`services.nginx'?\n`,
      () =>
        `error: The option \`networking.domain' has conflicting definition values:\n       - In \`${nixpkgs}/nixos/modules/x.nix': "c.org"\n       - In \`${store}/assets/own.nix': "c.org"\n       - In \`${store}/hosts/desk': "b.org"\n       Use mkForce\n`,
      (lineOf) =>
        `error:\n       … while calling a function\n\n       error: attribute 'fo' missing\n       at ${lineOf(host, 'lib.fo')}:\n            1| x\n`,
      (lineOf) => `error: attribute 'nope' missing\n\n       at ${lineOf(host, 'inputs.nixpkgs.nixosModules')}:\n`,
      (lineOf) => `error: attribute 'x' missing\n\n       at ${lineOf('assets/own.nix', 'pkgs.x')}:\n`,
      () =>
        `error: The option \`home-manager.users.ben.programs.gti' does not exist. Definition values:\n       - In \`${store}/home/ben': x\n`,
      () => 'error:\n       Failed assertions:\n       - networking.domain must not be set\n',
    ]);
    expect(answers.join('\n\n')).toMatchInlineSnapshot(`
      "error[nix-attribute]: there is no package pkgs.ripgrepp
        in desk
        at app.js:6:59
        6 | desk.set({ environment: { systemPackages: [pkgs.git, pkgs.ripgrepp] } });
          |                                                           ^^^^^^^^
        help: look up its name: nix search nixpkgs <words>

      error[nix-option-unknown]: there is no option services.ngnix
        in desk
        at app.js:7:24
        7 | desk.set({ services: { ngnix: { enable: true } } });
          |                        ^^^^^
        help: did you mean services.nginx or services.guix?

      error[nix-option-conflict]: networking.domain is defined as "b.org" and as "c.org"
        in desk
        at app.js:9:26
        9 | desk.set({ networking: { domain: 'b.org' } });
          |                          ^^^^^^
        the other one:
        at app.js:8:26
        8 | desk.set({ networking: { domain: 'a.org' } });
          |                          ^^^^^^
        the other one:
        at own.nix:2:14
        2 |   networking.domain = "c.org";
          |              ^^^^^^
        the other one is in nixos/modules/x.nix
        help: keep one of them, or say which one wins: mkDefault(…) gives way, mkForce(…) wins

      error[nix-attribute]: lib has no 'fo'
        in desk
        at app.js:14:41
        14 | in "\${ '' }" + (toString \${[1]}) + (lib.fo "x")\`,
           |                                         ^^
        help: correct the name

      error[nix-input]: the input 'nixpkgs' has no nixosModules.nope
        in desk
        at app.js:17:45
        17 | desk.import(nix\`inputs.nixpkgs.nixosModules.nope\`);
           |                                             ^^^^
        help: did you mean nopf?

      error[nix-attribute]: there is no package pkgs.x
        in desk
        at own.nix:3:27
        3 |   users.motd = "ä" + pkgs.x;
          |                           ^
        help: look up its name: nix search nixpkgs <words>

      error[nix-option-unknown]: there is no option programs.gti
        in desk/ben
        at app.js:19:52
        19 | new cdknix.HomeUser(desk, 'ben').set({ programs: { gti: { enable: true } } });
           |                                                    ^^^
        help: look up how it is spelled, or import the module that declares it

      error[nix-assertion]: networking.domain must not be set
        in desk
        at own.nix:2:23
        2 |   networking.domain = "c.org";
          |                       ^^^^^^^
        help: the options do not fit together: change what is named"
    `);
  });

  it('of an assertion or warning of the user is shown where its text is', { timeout: 60_000 }, async () => {
    const answers = await told([
      () => 'error:\n       Failed assertions:\n       - caddy needs no firewall\n',
      () => 'evaluation warning: mind the gap there\nevaluation warning: desk is\n  old\n',
      () => 'evaluation warning: the code of others is old\n',
    ]);
    expect(answers.join('\n\n')).toMatchInlineSnapshot(`
      "error[nix-assertion]: caddy needs no firewall
        in desk
        at app.js:20:25
        20 | desk.set({ assertions: [{ assertion: false, message: 'caddy needs no firewall' }] });
           |                         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        help: the assertion is your own: change what it is about, or the assertion

      warning[nix-warning]: mind the gap there
        in desk
        at app.js:21:44
        21 | desk.set({ warnings: nix\`lib.optional true "mind the \${'gap'} there"\` });
           |                                            ^^^^^^^^^^^^^^^^^^^^^^^^^
        help: do as it says, or leave it: it is a warning of your own

      warning[nix-warning]: desk is
        in desk
        at asserts.nix:2:16
        2 |   warnings = [ ''
          |                ^^
        old
        help: do as it says, or leave it: it is a warning of your own

      warning[nix-warning]: the code of others is old
        in desk
        help: no file of this project says so: it is of the code of an input, and there is nothing to do here"
    `);
  });

  it('about what nobody sets is shown at what is set of the same service or account', { timeout: 60_000 }, async () => {
    const answers = await told([
      () => 'error:\n       Failed assertions:\n       - boot.loader.grub.devices must say where GRUB goes\n',
      () => 'error:\n       Failed assertions:\n       - boot.loader.grub.theme.image.path is empty\n',
      () => 'error:\n       Failed assertions:\n       - users.users.svc.isSystemUser or its kin must be set\n',
      () => 'error:\n       Failed assertions:\n       - users.users.other.group is unset\n',
      () => 'error:\n       Failed assertions:\n       - services.nginx.group is unset\n',
    ]);
    expect(answers.join('\n\n')).toMatchInlineSnapshot(`
      "error[nix-assertion]: boot.loader.grub.devices must say where GRUB goes
        in desk
        at app.js:24:38
        24 | desk.set({ boot: { loader: { grub: { enable: true } } }, users: { users: { svc: { home: '/srv' } } } });
           |                                      ^^^^^^
        boot.loader.grub.enable is set here
        help: nobody sets what is named: set it as it says

      error[nix-assertion]: boot.loader.grub.theme.image.path is empty
        in desk
        at app.js:24:38
        24 | desk.set({ boot: { loader: { grub: { enable: true } } }, users: { users: { svc: { home: '/srv' } } } });
           |                                      ^^^^^^
        boot.loader.grub.enable is set here
        help: nobody sets what is named: set it as it says

      error[nix-assertion]: users.users.svc.isSystemUser or its kin must be set
        in desk
        at app.js:24:76
        24 | desk.set({ boot: { loader: { grub: { enable: true } } }, users: { users: { svc: { home: '/srv' } } } });
           |                                                                            ^^^
        users.users.svc is set here
        help: nobody sets what is named: set it as it says

      error[nix-assertion]: users.users.other.group is unset
        in desk
        at app.js:5:14
        5 | const desk = new cdknix.Host(flake, 'desk', { system: 'x86_64-linux' });
          |              ^
        help: nobody sets what is named: set it as it says

      error[nix-assertion]: services.nginx.group is unset
        in desk
        at app.js:5:14
        5 | const desk = new cdknix.Host(flake, 'desk', { system: 'x86_64-linux' });
          |              ^
        help: nobody sets what is named: set it as it says"
    `);
  });

  it('is cut where it is longer than people read', { timeout: 60_000 }, async () => {
    const lines = Array.from({ length: 60 }, (_, i) => `line ${i}`).join('\n  ');
    const [answer] = await told([() => `evaluation warning: ${'x'.repeat(1000)}\n  ${lines}\n`]);
    expect(answer).toContain(`warning[nix-warning]: ${'x'.repeat(400)}…\n`);
    expect(answer).toContain('  line 7\n  … and 52 more lines: cdknix check --trace shows them\n');
  });

  it('from a module of others is put down to what is set of that module, or to nothing', {
    timeout: 60_000,
  }, async () => {
    const thrown = (module: string) => () =>
      `error: it is no plug-in

       … while evaluating definitions from \`${nixpkgs}/nixos/modules/services/${module}':

       … while evaluating the option \`environment.etc':

       … while evaluating definitions from \`${nixpkgs}/nixos/modules/system/activation/top-level.nix':

       … while evaluating the option \`system.build.toplevel':
`;
    const answers = await told([thrown('networking/networkmanager.nix'), thrown('samba/default.nix')]);
    expect(answers.join('\n\n')).toMatchInlineSnapshot(`
      "error[nix-throw]: it is no plug-in
        in desk
        it comes from nixos/modules/services/networking/networkmanager.nix
        networking.networkmanager.enable is set here:
        at app.js:23:44
        23 | desk.set({ networking: { networkmanager: { enable: true } }, environment: { etc: { x: { text: 'x' } } } });
           |                                            ^^^^^^
        help: Nix code stops with these words; cdknix check --trace shows how it came to that

      error[nix-throw]: it is no plug-in
        in desk
        at app.js:5:14
        5 | const desk = new cdknix.Host(flake, 'desk', { system: 'x86_64-linux' });
          |              ^
        it comes from nixos/modules/services/samba/default.nix
        help: Nix code stops with these words; cdknix check --trace shows how it came to that"
    `);
  });
});

it('says once what is wrong on several hosts, where the first of them is made', async () => {
  const { error } = readNixOutput(
    'error:\n       Failed assertions:\n       - The ‘fileSystems’ option says too little.\n',
  );
  const files = outputFiles({ files: new Map([['flake.nix', '{ }']]) } as unknown as Plan, '/nowhere');
  const ask = async (questions: readonly Question[]) =>
    questions.map((question): Answer => {
      const position = 'made' in question && { file: '/x.ts', line: question.made === 'desk' ? 1 : 2, column: 1 };
      const constructSites = position ? [{ construct: 'made' in question ? question.made : '', position }] : [];
      return { question, configurations: [], options: [], others: [], definitions: [], constructSites };
    });
  const said = ['desk', 'nas'].map((of) => ({ of, warnings: [], error: error! }));
  expect(
    renderAll(await diagnose(said, { files, ask, namesIn: async () => [], otherModuleSystem: () => undefined })),
  ).toMatchInlineSnapshot(`
    "error[nix-assertion]: the ‘fileSystems’ option says too little
      in desk
      at /x.ts:1:1
      on desk, nas
      help: nobody sets what is named: set it as it says"
  `);
});
