import { Flake, HomeUser, Host, pkgs } from 'cdknix';
import { describe, expect, it } from 'vitest';
import { problemsOf } from '../support/problems';

// biome-ignore lint/suspicious/noExplicitAny: what code without types may give
type Any = any;

/** What is said of props. */
const saidOf = (make: (flake: Any, host: Any) => unknown) =>
  problemsOf(() => {
    const flake = new Flake();
    make(flake, new Host(flake, 'desk', { system: 'x86_64-linux' }));
    return flake;
  });

describe('a prop that takes something else', () => {
  it('is named, at its own line, in a host', () => {
    expect(
      saidOf((flake) => {
        new (Host as Any)(flake, 'vm', {
          system: 'x86_64-linux',
          hostName: ['vm'],
          stateVersion: 2605,
          specialArgs: { users: ['a', undefined] },
          extraSpecialArgs: 'x',
        });
      }),
    ).toMatchInlineSnapshot(`
      "error[host-name]: hostName takes the name of a host, not a list
        in vm
        at test/constructs/prop-values.test.ts:LINE:11
        LINE |           hostName: ['vm'],
             |           ^^^^^^^^
        help: use 1 to 63 letters, digits, "-" and "_", with a letter or digit at both ends; the domain is an option of its own, networking.domain

      error[value]: cannot write undefined in Nix at specialArgs.users[1]: a list cannot leave an element out; filter it, or write null if Nix is to have null there
        in vm
        at test/constructs/prop-values.test.ts:LINE:39
        LINE |           specialArgs: { users: ['a', undefined] },
             |                                       ^^^^^^^^^

      error[prop-value]: stateVersion takes a release as a string, not 2605
        in vm
        at test/constructs/prop-values.test.ts:LINE:11
        LINE |           stateVersion: 2605,
             |           ^^^^^^^^^^^^
        help: write the one that it was first installed with, such as '26.05'

      error[prop-value]: extraSpecialArgs takes arguments by their names, not 'x'
        in vm
        at test/constructs/prop-values.test.ts:LINE:11
        LINE |           extraSpecialArgs: 'x',
             |           ^^^^^^^^^^^^^^^^
        help: write { name: value }"
    `);
  });

  it('is named, at its own line, in a Mac', () => {
    expect(
      saidOf((flake) => {
        new (Host as Any)(flake, 'mac', {
          system: 'aarch64-darwin',
          stateVersion: '26.05',
        });
      }),
    ).toMatchInlineSnapshot(`
      "error[prop-value]: stateVersion takes nix-darwin's own count, not '26.05'
        in mac
        at test/constructs/prop-values.test.ts:LINE:11
        LINE |           stateVersion: '26.05',
             |           ^^^^^^^^^^^^
        help: write the whole number that system.stateVersion had when it was first installed, such as 6"
    `);
  });

  it('is named, at its own line, in a home', () => {
    expect(
      saidOf((_, host) => {
        new (HomeUser as Any)(host, 'anna', {
          homeDirectory: pkgs.git,
          stateVersion: 'unstable',
          standalone: 'yes',
          account: 0,
          extraSpecialArgs: { inputs: {} },
          system: 'aarch64-linux',
        });
      }),
    ).toMatchInlineSnapshot(`
      "error[prop-value]: standalone takes true, false or 'only', not 'yes'
        in desk/anna
        at test/constructs/prop-values.test.ts:LINE:11
        LINE |           standalone: 'yes',
             |           ^^^^^^^^^^
        help: write one of them, or leave it out

      error[prop-value]: stateVersion takes a release as a string, not 'unstable'
        in desk/anna
        at test/constructs/prop-values.test.ts:LINE:11
        LINE |           stateVersion: 'unstable',
             |           ^^^^^^^^^^^^
        help: write the one that it was first installed with, such as '26.05'

      error[prop-value]: homeDirectory takes the absolute path of a folder, not a Nix expression
        in desk/anna
        at test/constructs/prop-values.test.ts:LINE:11
        LINE |           homeDirectory: pkgs.git,
             |           ^^^^^^^^^^^^^
        help: write it as a string, such as '/home/anna'

      error[prop-value]: account takes true or false, not 0
        in desk/anna
        at test/constructs/prop-values.test.ts:LINE:11
        LINE |           account: 0,
             |           ^^^^^^^
        help: write one of them, or leave it out

      error[args-reserved]: every module is given 'inputs' already
        in desk/anna
        at test/constructs/prop-values.test.ts:LINE:31
        LINE |           extraSpecialArgs: { inputs: {} },
             |                               ^^^^^^
        help: give your argument another name

      error[user-system]: user 'anna' has the system 'aarch64-linux' on host 'desk', which has 'x86_64-linux'
        in desk/anna
        at test/constructs/prop-values.test.ts:LINE:11
        LINE |           system: 'aarch64-linux',
             |           ^^^^^^
        help: leave system out: a home on a host has its platform"
    `);
  });

  it.each<[string, Any]>([
    ['undefined', ['wheel', undefined]],
    ['5', [5]],
    ['a Nix expression', [pkgs.git]],
    ['a list among them', [['wheel']]],
    ["''", ['']],
  ])('is named at the line of the element, in groups: %s', (shown, groups) => {
    const said = saidOf((_, host) => {
      new HomeUser(host, 'anna', {
        groups,
      });
    });
    expect(said).toBe(
      `error[not-names]: groups takes names, and was given ${shown}
  at test/constructs/prop-values.test.ts:LINE:9
  LINE |         groups,
       |         ^^^^^^
  help: give it strings, each a name of its own`,
    );
  });

  it('is named, at its own line, in a flake', () => {
    expect(
      problemsOf(
        () =>
          new (Flake as Any)({
            channel: '26.5',
            stateVersion: 26.05,
            description: null,
            nixConfig: {
              'allow-import-from-derivation': true,
              substituters: [1],
            },
            specialArgs: [],
          }),
      ),
    ).toMatchInlineSnapshot(`
      "error[channel]: '26.5' is not a channel
        in the flake
        at test/constructs/prop-values.test.ts:LINE:13
        LINE |             channel: '26.5',
             |             ^^^^^^^
        help: write a release such as '26.05', or 'unstable'

      error[description]: the description of the flake is null, which flake.nix cannot have there
        in the flake
        at test/constructs/prop-values.test.ts:LINE:13
        LINE |             description: null,
             |             ^^^^^^^^^^^
        help: write a JavaScript string

      error[nix-config]: the setting 'substituters' of nixConfig is 1, which flake.nix cannot have there
        in the flake
        at test/constructs/prop-values.test.ts:LINE:15
        LINE |               substituters: [1],
             |               ^^^^^^^^^^^^
        help: write strings, whole numbers, booleans or lists of strings as they are

      error[prop-value]: stateVersion takes a release as a string, not 26.05
        in the flake
        at test/constructs/prop-values.test.ts:LINE:13
        LINE |             stateVersion: 26.05,
             |             ^^^^^^^^^^^^
        help: write the one that it was first installed with, such as '26.05'

      error[prop-value]: specialArgs takes arguments by their names, not a list
        in the flake
        at test/constructs/prop-values.test.ts:LINE:13
        LINE |             specialArgs: [],
             |             ^^^^^^^^^^^
        help: write { name: value }"
    `);
  });

  it('is named, at its own line, in an input', () => {
    expect(
      saidOf((flake) =>
        flake.input('sops', {
          url: 'github:a/b',
          flake: 'no',
        }),
      ),
    ).toMatchInlineSnapshot(`
      "error[input-flake]: flake of the input 'sops' takes true or false, not 'no'
        at test/constructs/prop-values.test.ts:LINE:11
        LINE |           flake: 'no',
             |           ^^^^^
        help: write flake: false for what is no flake"
    `);
    expect(
      saidOf((flake) =>
        flake.input('sops', {
          url: 5,
        }),
      ),
    ).toMatchInlineSnapshot(`
      "error[input-url]: the input 'sops' has no URL
        at test/constructs/prop-values.test.ts:LINE:11
        LINE |           url: 5,
             |           ^^^
        help: say where it is, for example { url: 'github:owner/repo' }"
    `);
  });

  it('is not known, at its own line', () => {
    expect(
      saidOf((_, host) => {
        new (HomeUser as Any)(host, 'anna', {
          groups: ['wheel'],
          shell: pkgs.zsh,
        });
      }),
    ).toMatchInlineSnapshot(`
      "warning[prop-unknown]: HomeUser takes no 'shell'
        in desk/anna
        at test/constructs/prop-values.test.ts:LINE:11
        LINE |           shell: pkgs.zsh,
             |           ^^^^^
        help: it takes system, standalone, stateVersion, homeDirectory, groups, account, extraSpecialArgs"
    `);
  });
});

it('shows what Nix cannot hold of an account at its own line', () => {
  expect(
    saidOf((_, host) => {
      new HomeUser(host, 'anna').account.set({
        description: 'Anna',
        extraGroups: ['wheel', undefined as Any],
      });
    }),
  ).toMatchInlineSnapshot(`
    "error[value]: cannot write undefined in Nix at users.users.anna.extraGroups[1]: a list cannot leave an element out; filter it, or write null if Nix is to have null there
      in desk
      at test/constructs/prop-values.test.ts:LINE:32
      LINE |         extraGroups: ['wheel', undefined as Any],
           |                                ^^^^^^^^^^^^^^^^"
  `);
});
