import { beforeAll, expect, it } from 'vitest';
import { judgeAll } from './support/judge';
import { describeRealworld } from './support/realworld';

const preamble = `import { Flake, HomeUser, Host, nix, pkgs } from 'cdknix';
const flake = new Flake();
new Host(flake, 'desk', { system: 'x86_64-linux' });
const mac = new Host(flake, 'mac', { system: 'aarch64-darwin' });
const anna = new HomeUser(mac, 'anna');
`;

const required = '{ lib, ... }:\n{\n  options.my.name = lib.mkOption { type = lib.types.str; };\n}\n';

/** One mistake of each kind, in the host and in the home on it. */
const cases: readonly { title: string; code: string; own?: string }[] = [
  { title: 'an option that does not exist', code: 'mac.set({ services: nix`{ skhdd.enable = true; }` });' },
  {
    title: 'an option of NixOS',
    code: 'mac.set(nix`{ boot.kernelParams = [ ]; }`);',
  },
  {
    title: 'a value of another type',
    code: 'mac.set({ system: { defaults: { dock: { tilesize: nix`"big"` } } } });',
  },
  {
    title: 'two definitions that do not fit together',
    code: `mac.set({ networking: { computerName: nix\`"a"\` } });
mac.set({ networking: { computerName: nix\`"b"\` } });`,
  },
  {
    title: 'an option without a value',
    code: "mac.import('./own.nix');\nmac.set({ networking: { computerName: nix`config.my.name` } });",
    own: required,
  },
  {
    title: 'an assertion',
    code: `mac.set({
  networking: { computerName: 'mac' },
  assertions: [{ assertion: false, message: 'networking.computerName must be left alone' }],
});`,
  },
  {
    title: 'an assertion of a value that cdknix sets',
    code: "mac.set({ assertions: [{ assertion: false, message: 'system.primaryUser must not be anna' }] });",
  },
  { title: 'a package that is not there', code: 'mac.set({ environment: { systemPackages: [pkgs.ripgrepp] } });' },
  {
    title: 'a warning',
    code: "mac.set({ networking: { computerName: 'mac' }, warnings: ['networking.computerName is odd'] });",
  },
  { title: 'an option of a home that does not exist', code: 'anna.set({ programs: nix`{ gti.enable = true; }` });' },
  {
    title: 'a value of another type in a home',
    code: 'anna.set({ home: { sessionVariables: nix`{ EDITOR = { }; }` } });',
  },
  {
    title: 'two definitions in a home that do not fit together',
    code: `anna.set({ home: { sessionVariables: nix\`{ EDITOR = "vi"; }\` } });
anna.set({ home: { sessionVariables: { EDITOR: 'nano' } } });`,
  },
  {
    title: 'an option of a home without a value',
    code: "anna.import('./own.nix');\nanna.set({ home: { sessionVariables: { NAME: nix`config.my.name` } } });",
    own: required,
  },
  {
    title: 'an assertion of a home',
    code: `anna.set({
  programs: { git: { enable: true } },
  assertions: [{ assertion: false, message: 'programs.git.enable must be off' }],
});`,
  },
  { title: 'a package in a home that is not there', code: 'anna.set({ home: { packages: [pkgs.ripgrepp] } });' },
  {
    title: 'a warning of a home',
    code: "anna.set({ programs: { git: { enable: true } }, warnings: ['programs.git.enable is odd'] });",
  },
  {
    title: 'definitions in a home of an option under its old name',
    code: `anna.set({ programs: { git: { settings: { user: { email: nix\`"a"\` } } } } });
anna.set({ programs: nix\`{ git.userEmail = "b"; }\`, home: { sessionVariables: { MAIL: nix\`config.programs.git.settings.user.email\` } } });`,
  },
];

describeRealworld('errors of nix-darwin', () => {
  let told: readonly string[];

  beforeAll(async () => {
    told = await judgeAll(cases.map(({ code, own }) => ({ source: preamble + code, own, target: 'mac' })));
  }, 600_000);

  it('are shown at the right lines', () => {
    expect(cases.map(({ title }, i) => `# ${title}\n${told[i]}\n`).join('\n')).toMatchInlineSnapshot(`
      "# an option that does not exist
      error[nix-option-unknown]: there is no option services.skhdd
        in mac
        at main.ts:6:27
        6 | mac.set({ services: nix\`{ skhdd.enable = true; }\` });
          |                           ^^^^^
        help: did you mean services.skhd or services.khd?

      # an option of NixOS
      error[nix-option-unknown]: boot is an option of NixOS, and this is a module for nix-darwin
        in mac
        at main.ts:6:15
        6 | mac.set(nix\`{ boot.kernelParams = [ ]; }\`);
          |               ^^^^
        help: set it on the NixOS host, or in the nixos part of a feature

      # a value of another type
      error[nix-option-type]: system.defaults.dock.tilesize takes null or signed integer, not "big"
        in mac
        at main.ts:6:41
        6 | mac.set({ system: { defaults: { dock: { tilesize: nix\`"big"\` } } } });
          |                                         ^^^^^^^^
        help: write such a value, or an expression that gives one

      # two definitions that do not fit together
      error[nix-option-conflict]: networking.computerName is defined as "b" and as "a"
        in mac
        at main.ts:7:25
        7 | mac.set({ networking: { computerName: nix\`"b"\` } });
          |                         ^^^^^^^^^^^^
        the other one:
        at main.ts:6:25
        6 | mac.set({ networking: { computerName: nix\`"a"\` } });
          |                         ^^^^^^^^^^^^
        help: keep one of them, or say which one wins: mkDefault(…) gives way, mkForce(…) wins

      # an option without a value
      error[nix-option-required]: my.name has no value, and something asks for it
        in mac
        at main.ts:7:53
        7 | mac.set({ networking: { computerName: nix\`config.my.name\` } });
          |                                                     ^^^^
        help: set it: { my: { name: … } }

      # an assertion
      error[nix-assertion]: networking.computerName must be left alone
        in mac
        at main.ts:7:17
        7 |   networking: { computerName: 'mac' },
          |                 ^^^^^^^^^^^^
        help: the options do not fit together: change what is named

      # an assertion of a value that cdknix sets
      error[nix-assertion]: system.primaryUser must not be anna
        in mac/anna
        at main.ts:5:14
        5 | const anna = new HomeUser(mac, 'anna');
          |              ^
        help: the options do not fit together: change what is named

      # a package that is not there
      error[nix-attribute]: there is no package pkgs.ripgrepp
        in mac
        at main.ts:6:48
        6 | mac.set({ environment: { systemPackages: [pkgs.ripgrepp] } });
          |                                                ^^^^^^^^
        help: did you mean pkgs.ripgrep?

      # a warning
      warning[nix-warning]: networking.computerName is odd
        in mac
        at main.ts:6:25
        6 | mac.set({ networking: { computerName: 'mac' }, warnings: ['networking.computerName is odd'] });
          |                         ^^^^^^^^^^^^
        help: do as it says, or leave it: it is no error yet

      # an option of a home that does not exist
      error[nix-option-unknown]: there is no option programs.gti
        in mac/anna
        at main.ts:6:28
        6 | anna.set({ programs: nix\`{ gti.enable = true; }\` });
          |                            ^^^
        help: did you mean programs.git?

      # a value of another type in a home
      error[nix-option-type]: home.sessionVariables.EDITOR takes null or string or absolute path or signed integer or floating point number or boolean, not an empty set
        in mac/anna
        at main.ts:6:44
        6 | anna.set({ home: { sessionVariables: nix\`{ EDITOR = { }; }\` } });
          |                                            ^^^^^^
        help: write such a value, or an expression that gives one

      # two definitions in a home that do not fit together
      error[nix-option-conflict]: home.sessionVariables.EDITOR is defined as "nano" and as "vi"
        in mac/anna
        at main.ts:7:40
        7 | anna.set({ home: { sessionVariables: { EDITOR: 'nano' } } });
          |                                        ^^^^^^
        the other one:
        at main.ts:6:44
        6 | anna.set({ home: { sessionVariables: nix\`{ EDITOR = "vi"; }\` } });
          |                                            ^^^^^^
        help: keep one of them, or say which one wins: mkDefault(…) gives way, mkForce(…) wins

      # an option of a home without a value
      error[nix-option-required]: my.name has no value, and something asks for it
        in mac/anna
        at main.ts:7:60
        7 | anna.set({ home: { sessionVariables: { NAME: nix\`config.my.name\` } } });
          |                                                            ^^^^
        help: set it: { my: { name: … } }

      # an assertion of a home
      error[nix-assertion]: programs.git.enable must be off
        in mac/anna
        at main.ts:7:22
        7 |   programs: { git: { enable: true } },
          |                      ^^^^^^
        help: the options do not fit together: change what is named

      # a package in a home that is not there
      error[nix-attribute]: there is no package pkgs.ripgrepp
        in mac/anna
        at main.ts:6:36
        6 | anna.set({ home: { packages: [pkgs.ripgrepp] } });
          |                                    ^^^^^^^^
        help: did you mean pkgs.ripgrep?

      # a warning of a home
      warning[nix-warning]: programs.git.enable is odd
        in mac/anna
        at main.ts:6:31
        6 | anna.set({ programs: { git: { enable: true } }, warnings: ['programs.git.enable is odd'] });
          |                               ^^^^^^
        help: do as it says, or leave it: it is no error yet

      # definitions in a home of an option under its old name
      warning[nix-option-renamed]: programs.git.userEmail has a new name
        in mac/anna
        at main.ts:7:32
        7 | anna.set({ programs: nix\`{ git.userEmail = "b"; }\`, home: { sessionVariables: { MAIL: nix\`config.programs.git.settings.user.email\` } } });
          |                                ^^^^^^^^^
        help: write programs.git.settings.user.email

      error[nix-option-conflict]: programs.git.settings.user.email is defined as "a" and as "b"
        in mac/anna
        at main.ts:6:51
        6 | anna.set({ programs: { git: { settings: { user: { email: nix\`"a"\` } } } } });
          |                                                   ^^^^^
        the other one is in modules/programs/git.nix
        help: keep one of them, or say which one wins: mkDefault(…) gives way, mkForce(…) wins
      "
    `);
  });
});
