import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { comment, Feature, Flake, HomeUser, Host, lazy, lib, mkIf, mkMerge, nix, str } from 'cdknix';
import { diagnostics, synthToFiles } from 'cdknix/testing';
import { Construct } from 'constructs';
import { describe, expect, it } from 'vitest';
import { File } from '../../lib/module';
import { folderWith } from '../cli/support';
import { itNix, nixValues } from '../support/nix';

const linux = { system: 'x86_64-linux' } as const;

/** A set with names as JSON has them, `__proto__` as good as any. */
const json = (text: string) => JSON.parse(text) as Record<string, never>;

describe('names that every object has', () => {
  const names = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'valueOf', 'length', 'then'];

  it.each(names)('are names like any other, wherever one can be given: %s', (name) => {
    const key = JSON.stringify(name);
    const set = json(`{ ${key}: { ${key}: "v" } }`);
    const nixConfig = json(`{ ${key}: "v" }`);
    const flake = new Flake({ specialArgs: set, extraSpecialArgs: set, nixConfig });
    flake.output('named', set);
    flake.output(name, { x: 'v' });
    flake.overlay(name, nix`_: _: { }`);
    flake.input(`_${name}`, { url: 'path:/x', follows: json(`{ ${key}: "nixpkgs" }`) });
    flake.allowUnfree(name);
    flake.allowInsecure(name);
    const host = new Host(flake, 'desk', { ...linux, specialArgs: set, extraSpecialArgs: set });
    host.set({ environment: { variables: json(`{ ${key}: "v" }`) } });
    host.set({ environment: mkMerge([{ etc: json(`{ ${key}: { "text": "v" } }`) }]) });
    host.set({ services: { grafana: { settings: set } } });
    host.set(nix`{ users.groups.x = { \${${name}} = 1; }; }`);
    const user = new HomeUser(host, 'anna', { standalone: true, extraSpecialArgs: set });
    user.account.addGroups(name);
    user.set({ home: { sessionVariables: json(`{ ${key}: "v" }`) } });
    const files = synthToFiles(flake);
    const counts = ['flake.nix', 'hosts/desk/default.nix', 'home/anna/default.nix'].map(
      (file) => files[file]!.split(new RegExp(`\\b${name}\\b`)).length - 1,
    );
    expect(counts).toEqual([10, 8, 1]);
    expect(({} as Record<string, unknown>).v).toBeUndefined();
  });

  it('are refused as ids, since the library of constructs has them already', () => {
    expect(() => new Host(new Flake(), 'constructor', linux)).toThrow(
      "There is already a Construct with name 'constructor'",
    );
  });
});

describe('a very large flake', () => {
  it('may have 100,000 definitions in one module', { timeout: 120_000 }, () => {
    const flake = new Flake();
    const host = new Host(flake, 'desk', linux);
    for (let i = 0; i < 100_000; i++) host.set({ environment: { etc: { [`file-${i}`]: { text: `${i}` } } } });
    const text = synthToFiles(flake)['hosts/desk/default.nix']!;
    expect(text.match(/text = /g)).toHaveLength(100_000);
  });

  it('may have 100,000 definitions of one option', { timeout: 120_000 }, () => {
    const flake = new Flake();
    const host = new Host(flake, 'desk', linux);
    for (let i = 0; i < 100_000; i++) host.set({ boot: { kernelParams: [`x${i}`] } });
    expect(synthToFiles(flake)['hosts/desk/default.nix']!.match(/\[ "x\d+" \]/g)).toHaveLength(100_000);
  });

  it('may have 100,000 names in one set', { timeout: 120_000 }, () => {
    const flake = new Flake();
    const variables = Object.fromEntries(Array.from({ length: 100_000 }, (_, i) => [`V${i}`, String(i)]));
    new Host(flake, 'desk', linux).set({ environment: { variables } });
    expect(synthToFiles(flake)['hosts/desk/default.nix']!.match(/V\d+ = /g)).toHaveLength(100_000);
  });
});

describe('a very deep flake', () => {
  const depth = 5000;
  const nested = (wrap: (inner: unknown) => unknown) => {
    let value: unknown = 'x';
    for (let i = 0; i < depth; i++) value = wrap(value);
    return value;
  };

  it('may have groups in groups, 5,000 of them', { timeout: 120_000 }, () => {
    const flake = new Flake();
    let group: Construct = flake;
    for (let i = 0; i < depth; i++) group = new Construct(group, 'g');
    const host = new Host(group, 'desk', linux);
    const feature = new Feature(group, 'all');
    feature.nixos.set({ programs: { git: { enable: true } } });
    new HomeUser(host, 'anna');
    const files = synthToFiles(flake);
    expect(files['hosts/desk/default.nix']).toContain('modules/nixos/all.nix');
    expect(files['home/anna/default.nix']).toBeDefined();
  });

  it('may have features in features, 5,000 of them', { timeout: 120_000 }, () => {
    const flake = new Flake();
    let feature: Construct = new Host(flake, 'desk', linux);
    for (let i = 0; i < depth; i++) {
      const inner = new Feature(feature, 'f');
      inner.nixos.set({ boot: { kernelParams: [`x${i}`] } });
      feature = inner;
    }
    expect(Object.keys(synthToFiles(flake)).filter((file) => file.startsWith('modules/nixos/'))).toHaveLength(depth);
  });

  const ways: [string, (host: Host<'x86_64-linux'>) => unknown][] = [
    [
      'sets',
      (host) => host.set({ services: { grafana: { settings: { a: nested((inner) => ({ a: inner })) } } } } as never),
    ],
    ['lists', (host) => host.set({ services: { grafana: { settings: { a: nested((inner) => [inner]) } } } } as never)],
    ['merges', (host) => host.set({ networking: { domain: nested((inner) => mkMerge([inner as string])) } } as never)],
    ['raw Nix', (host) => host.set({ networking: { domain: nested((inner) => nix`(${inner})`) } } as never)],
    [
      'conditions',
      (host) => host.set({ networking: { domain: nested((inner) => mkIf(true, inner as string)) } } as never),
    ],
    [
      'comments',
      (host) => host.set({ networking: { domain: nested((inner) => comment('c', inner as string)) } } as never),
    ],
    ['calls', (host) => host.set({ networking: { domain: nested((inner) => lib.toLower(inner)) } } as never)],
    ['pieces', (host) => host.set({ networking: { domain: nested((inner) => str`a${inner}`) } } as never)],
    ['lazies', (host) => host.set({ networking: { domain: nested((inner) => lazy(() => inner as string)) } } as never)],
    ['strings', (host) => host.set({ networking: { domain: nested((inner) => nix`"${inner}"`) } } as never)],
  ];

  it.each(ways)('may have %s in each other, 5,000 of them', { timeout: 120_000 }, (_, make) => {
    const flake = new Flake();
    make(new Host(flake, 'desk', linux));
    const text = synthToFiles(flake)['hosts/desk/default.nix']!;
    expect(text.length).toBeGreaterThan(100);
  });

  itNix('is what Nix reads', () => {
    const flake = new Flake();
    new Host(flake, 'desk', linux).set({
      services: { grafana: { settings: { a: nested((inner) => ({ a: inner })) } } },
    } as never);
    const text = synthToFiles(flake)['hosts/desk/default.nix']!;
    const code = `let f = x: if builtins.isAttrs x then 1 + f x.a else 0; in f ((${text}) {}).services.grafana.settings`;
    expect(nixValues([code])).toEqual([String(depth + 1)]);
  });
});

describe('a folder that is copied', () => {
  it('names what is neither a file nor a folder', () => {
    const folder = folderWith({ 'package.json': '{ "name": "mine" }', 'dotfiles/a': 'a' });
    execFileSync('mkfifo', [join(folder, 'dotfiles', 'pipe')]);
    const flake = new Flake();
    const source = new File('dotfiles', { file: join(folder, 'app.js'), line: 1, column: 1 });
    new Host(flake, 'desk', linux).set({ environment: { etc: { x: { source } } } });
    expect(diagnostics(flake).map(({ code, message, help }) => [code, message.replace(folder, '<dir>'), help])).toEqual(
      [
        [
          'file-left-out',
          "'<dir>/dotfiles/pipe' is neither a file nor a folder, and is not copied",
          "remove it; or acknowledge(construct, 'file-left-out')",
        ],
      ],
    );
  });
});

describe('an output', () => {
  it('may be a text, a number, a list or null', () => {
    const flake = new Flake();
    for (const [name, value] of Object.entries({ a: 'x', b: 1, c: [1], d: null, e: true, f: {} }))
      flake.output(name, value);
    const text = synthToFiles(flake)['flake.nix']!;
    for (const line of ['a = "x";', 'b = 1;', 'c = [ 1 ];', 'd = null;', 'e = true;', 'f = { };'])
      expect(text).toContain(line);
  });

  it('of another kind is not two values at once', () => {
    const flake = new Flake();
    flake.output('a', 'x').output('a', 'x').output('b', 'x').output('b', 'y').output('c', 'x').output('c', { d: 1 });
    expect(diagnostics(flake).map((one) => one.message)).toEqual([
      "the output 'b' is given two values at one place",
      "the output 'c' is given two values at one place",
    ]);
  });
});

it('refuses the id of a feature that no file system would take', () => {
  const flake = new Flake();
  new Feature(flake, 'x'.repeat(151));
  expect(diagnostics(flake).map(({ message, help }) => `${message}: ${help}`)).toContain(
    "an id of 151 characters cannot name a module's file: use up to 150 characters",
  );
});
