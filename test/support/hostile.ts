import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { comment, Feature, Flake, HomeUser, Host, lazy, lines, mkForce, mkIf, mkMerge, nix, pkgs, str } from 'cdknix';
import type { Construct } from 'constructs';
import { fleetOf } from '../../lib/constructs/fleet';
import { File } from '../../lib/module';
import { planOf } from '../../lib/synth/plan';
import { write } from '../../lib/synth/write';

/** Where something was put, and what has to be there in the end. */
export interface Spot {
  readonly root: 'flake' | 'overlays' | 'insecure' | 'outputs' | 'host' | 'home' | 'hostConfig' | 'homeConfig';
  readonly path: readonly string[];
  readonly expected: unknown;
  /** Whether the value is a path, and the content of its file is meant. */
  readonly file: boolean;
}

/** What may mean something to Nix, to a shell, to JSON, to JavaScript or to whoever looks at it. */
const pieces = [
  ...[
    '"',
    "'",
    "''",
    "'''",
    '\\',
    '\\\\',
    '$',
    '$$',
    '${',
    '}',
    '${x}',
    '$${x}',
    "''${",
    "''$",
    '\\${',
    "''\\",
    '{',
    '[',
    ']',
  ],
  ...[
    '\n',
    '\r',
    '\r\n',
    '\t',
    '\n\n',
    '  ',
    ' ',
    '\n  ',
    '\\n',
    '\v',
    '\f',
    '\u0001',
    '\u001b[31m',
    '\u007f',
    '\u0085',
  ],
  ...[
    '#',
    '/*',
    '*/',
    '//',
    '--',
    ';',
    '=',
    ':',
    ',',
    '.',
    '..',
    '/',
    '@',
    '?',
    '!',
    '~',
    '<nixpkgs>',
    '|',
    '&',
    '*',
    '%s',
  ],
  ...[
    'a',
    'B',
    '0',
    '_',
    'x'.repeat(50),
    'let',
    'in',
    'rec',
    'or',
    'null',
    'true',
    'inherit',
    'throw',
    'builtins',
    '__proto__',
  ],
  ...[
    'ä',
    'a\u0308',
    '€',
    '😀',
    '\u2028',
    '\u2029',
    '\u200b',
    '\u202e',
    '\u2066',
    '\ufeff',
    '\ufffd',
    '\uffff',
    '\u{10ffff}',
    'ﬀ',
  ],
  ...[
    '";',
    '"; x = "',
    "''; x = ''",
    '${throw "x"}',
    '${builtins.abort "x"}',
    '*/ throw "x" /*',
    '\n} throw',
    '$(id)',
    '`id`',
  ],
];

/** Whole texts that are more than the sum of their pieces. */
const wholes = [
  ...[
    '',
    '__proto__',
    'constructor',
    'prototype',
    'toString',
    'hasOwnProperty',
    'valueOf',
    '__functor',
    '__toString',
    'outPath',
  ],
  ...[
    'type',
    '_type',
    'merged',
    'imports',
    'or',
    'if',
    'then',
    'rec',
    'with',
    'assert',
    'inherit',
    '__sub',
    '-',
    '--',
    '0',
    '1a',
    '-1',
  ],
  ...[
    '${',
    '$',
    "''",
    "'",
    '"',
    '\\',
    '\n',
    ' ',
    '.',
    '..',
    '/',
    '~',
    '\u0000'.slice(1),
    'a.b',
    'a/b',
    "it's",
    '"x"',
    'true',
    '1e5',
  ],
];

/** Makes fleets of texts that are as unpleasant as can be, from a seed. */
export class Hostile {
  /** How many texts were put into fleets. */
  count = 0;
  private state: number;

  constructor(seed: number) {
    this.state = seed;
  }

  below(limit: number): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * limit);
  }

  one<T>(of: readonly T[]): T {
    return of[this.below(of.length)]!;
  }

  text(): string {
    this.count++;
    if (this.below(8) === 0) return this.one(wholes);
    const length = this.below(50) === 0 ? 400 : this.below(9);
    return Array.from({ length }, () => this.one(pieces)).join('');
  }

  /** The name of a file: one that a file system takes. */
  fileName(index: number): string {
    const text = this.text()
      .replaceAll('/', '')
      .slice(0, 30)
      .replace(/\p{Surrogate}/gu, '');
    return `${text}${index}${this.one(['', '.nix.txt', ' ', '.conf'])}`;
  }

  /** Data of any kind. */
  data(depth = 0): unknown {
    const kind = this.below(depth > 3 ? 5 : 8);
    if (kind < 3) return this.text();
    if (kind === 3) return this.one([null, true, false, 0, -1, 42, 1.5, -0.25, 1.5e-7, 2 ** 53 - 1]);
    if (kind === 4) return this.one([[], {}]);
    if (kind === 5) return Array.from({ length: this.below(4) }, () => this.data(depth + 1));
    return this.members(this.below(4), () => this.data(depth + 1));
  }

  /** A set of some names, `__proto__` as good as any. */
  members(count: number, value: () => unknown): Record<string, unknown> {
    return Object.fromEntries(Array.from({ length: count }, () => [this.text(), value()]));
  }

  comment(): string {
    return this.text() + this.text();
  }
}

/**
 * Writes a flake of hostile texts to `<folder>/nix`, and what has to come of it to `<folder>/spots.json`.
 *
 * @returns the spots
 */
export function writeHostile(folder: string, hostile: Hostile): readonly Spot[] {
  const spots: Spot[] = [];
  const packages: string[] = [];
  const put = (root: Spot['root'], path: readonly string[], expected: unknown, file = false) =>
    spots.push({ root, path, expected, file });
  mkdirSync(join(folder, 'files'), { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "name": "hostile" }');
  const text = () => hostile.text();
  const data = () => hostile.data();

  const description = text();
  const url = `path:/${text()}`;
  const specialArg = data();
  const flake = new Flake({ description, specialArgs: { thing: specialArg }, extraSpecialArgs: { other: specialArg } });
  flake.input('extra', { url, flake: hostile.below(2) === 0 });
  put('flake', ['description'], description);
  put('flake', ['inputs', 'extra', 'url'], url);
  put('host', ['specialArgs', 'thing'], specialArg);
  put('home', ['extraSpecialArgs', 'other'], specialArg);
  for (let i = 0; i < 3; i++) {
    const name = `${text()}${i}`;
    const value = data();
    flake.output(name, value);
    put('outputs', [name], value);
  }

  for (let i = 0; i < 2; i++) {
    const name = `${text()}${i}`;
    const value = data();
    flake.overlay(name, nix`_: _: ${value}`);
    put('overlays', [name], value);
  }
  const insecure = [`${text()}1`, `${text()}2`];
  flake.allowInsecure(...insecure);
  for (const name of insecure) put('insecure', [name], true);

  // An account is a line of passwd.
  const field = () => text().replace(/[\n:]/g, '');
  const [hostVersion, userVersion, homeDirectory] = ['24.05', '25.11', `/home/${field()}`];
  const host = new Host(flake, 'desk', { system: 'x86_64-linux', stateVersion: hostVersion });
  const user = new HomeUser(host, 'anna', { standalone: true, homeDirectory, stateVersion: userVersion });
  put('hostConfig', ['system', 'stateVersion'], hostVersion);
  put('homeConfig', ['home', 'stateVersion'], userVersion);
  put('hostConfig', ['users', 'users', 'anna', 'home'], homeDirectory);
  const note = field();
  user.account.set({ description: note });
  put('hostConfig', ['users', 'users', 'anna', 'description'], note);

  let index = 0;
  /** The ways to say a value; each gives what is said, and what Nix has to make of it. */
  const ways: (() => readonly [said: unknown, expected: unknown, file?: true])[] = [
    () => same(text()),
    () => same(text()),
    () => same(data()),
    () => same(Array.from({ length: 5 }, text)),
    () => same(hostile.members(4, text)),
    () => {
      const value = data();
      return [comment(hostile.comment(), value as never), value];
    },
    () => {
      const [a, b] = [text(), text()];
      return [
        [comment(hostile.comment(), a), { x: comment(hostile.comment(), b) }],
        [a, { x: b }],
      ];
    },
    () => {
      const [a, b, c] = [text(), text(), text()];
      return [str`${a}${nix`${b}`}${c}-${1}`, `${a}${b}${c}-1`];
    },
    () => {
      const [a, b] = [text(), text()];
      return [str`${a}$${nix`(x: x) ${b}`}`, `${a}$${b}`];
    },
    () => {
      const [a, b, c] = [text(), text(), text()];
      return [lines`\n  a ${a} b\n    ${b}c\n${nix`(x: x) ${c}`}`, `  a ${a} b\n    ${b}c\n${c}`];
    },
    () => {
      const [key, a, b] = [text(), text(), data()];
      const said = nix`{ k = { \${${key}} = ${a}; }; "d" = ${b}; s = "x${a}y"; i = ''x${a}y''; l = [ ${a} (${b}) ]; }`;
      return [said, { k: Object.fromEntries([[key, a]]), d: b, s: `x${a}y`, i: `x${a}y`, l: [a, b] }];
    },
    () => {
      // Nothing of JavaScript's may look like a promise.
      const name = text().replace(/^then$/, 'otherwise');
      packages.push(name);
      return [pkgs[name], `package ${name}`];
    },
    () => {
      const value = data();
      return [lazy(() => value), value];
    },
    () => {
      const [a, b] = [text(), text()];
      return [mkForce(mkIf(true, { a, b: mkForce(b) })), { a, b }];
    },
    () => {
      const name = hostile.fileName(index);
      writeFileSync(join(folder, 'files', name), `content of ${name}`);
      const file = new File(`files/${name}`, { file: join(folder, 'app.js'), line: 1, column: 1 });
      return [file, `content of ${name}`, true];
    },
  ];
  const same = <T>(value: T) => [value, value] as const;

  /** Says something in each way, under names of its own. */
  const sayAll = (into: { set(config: never): unknown }, root: 'hostConfig' | 'homeConfig', group: string) => {
    for (const way of ways) {
      const name = `${text()}${index++}`;
      const [said, expected, isFile = false] = way();
      const path = [group, name, text(), 'x'];
      const nested = path.reduceRight<unknown>((inner, key) => Object.fromEntries([[key, inner]]), said);
      into.set((hostile.below(5) === 0 ? mkMerge([nested as object]) : nested) as never);
      put(root, path, expected, isFile);
    }
  };
  sayAll(host, 'hostConfig', 'environment');
  sayAll(user, 'homeConfig', 'home');

  class Part extends Feature {
    constructor(scope: Construct, id: string) {
      super(scope, id);
      sayAll(this.nixos as never, 'hostConfig', 'services');
      sayAll(this.home as never, 'homeConfig', 'programs');
    }
  }
  // Ids of features are names of files; others are refused.
  const id = `f${hostile
    .text()
    .replace(/[^A-Za-z0-9._+ -]/g, '')
    .slice(0, 140)}`;
  new Part(user, id);

  const { state, ...plan } = planOf(fleetOf(flake));
  const written = { ...plan, state: { file: join(folder, 'state.json'), text: state.text } };
  write(written, join(folder, 'nix'));
  const { added, changed, removed } = write(written, join(folder, 'nix'));
  if (added.length + changed.length + removed.length) throw new Error('what was written is not found again');
  const outside = readdirSync(folder).filter((name) => !['files', 'nix', 'package.json', 'state.json'].includes(name));
  if (outside.length) throw new Error(`written outside of the output: ${outside.join(', ')}`);
  writeFileSync(join(folder, 'spots.json'), JSON.stringify({ spots, packages, insecure }));
  return spots;
}
