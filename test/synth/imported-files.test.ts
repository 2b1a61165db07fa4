import { join } from 'node:path';
import { Feature, Flake, Host } from 'cdknix';
import { diagnostics, synthToFiles } from 'cdknix/testing';
import { describe, expect, it } from 'vitest';
import { File } from '../../lib/module';
import { Assets } from '../../lib/synth/assets';
import { OutputSources } from '../../lib/synth/output-sources';
import { projectOf } from '../../lib/synth/project';
import { folderWith } from '../cli/support';
import { countedReads } from '../support/counted-fs';

const linux = { system: 'x86_64-linux' } as const;

type Files = Readonly<Record<string, string>>;

const numbered = (count: number, make: (index: number) => [string, string]): Files =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => make(index)));

const chained = (count: number) =>
  numbered(count, (i) => [`m${i}.nix`, i + 1 < count ? `{ imports = [ ./m${i + 1}.nix ]; }` : '{ }']);

/** A module of the project in a folder. */
const moduleIn = (folder: string, path: string) =>
  new File(path, { file: join(folder, 'app.js'), line: 1, column: 1 }, 'module');

/** Files of a project, and the modules of it that somebody imports. */
interface Project {
  readonly files: Files;
  readonly imported: readonly string[];
}

const shapes: [string, (count: number) => Project][] = [
  ['a chain', (count) => ({ files: chained(count), imported: ['m0.nix'] })],
  ['a chain of which each is imported', (count) => ({ files: chained(count), imported: Object.keys(chained(count)) })],
  [
    'a chain of which each is imported, the last one first',
    (count) => ({ files: chained(count), imported: Object.keys(chained(count)).reverse() }),
  ],
  [
    'a circle of which each is imported',
    (count) => {
      const files = numbered(count, (i) => [`m${i}.nix`, `{ imports = [ ./m${(i + 1) % count}.nix ]; }`]);
      return { files, imported: Object.keys(files) };
    },
  ],
  [
    'modules that import one folder',
    (count) => {
      const modules = numbered(count, (i) => [`m${i}.nix`, '{ imports = [ ./shared ]; }']);
      const shared = numbered(count, (i) => [`shared/f${i}.nix`, '{ }']);
      return { files: { ...modules, ...shared, 'shared/default.nix': '{ }' }, imported: Object.keys(modules) };
    },
  ],
  [
    'modules with one chain of files behind them',
    (count) => {
      const modules = numbered(count, (i) => [`a${i}.nix`, '{ imports = [ ./m0.nix ]; }']);
      return { files: { ...modules, ...chained(count) }, imported: Object.keys(modules) };
    },
  ],
];

const users: [string, (flake: Flake, modules: readonly File[]) => void][] = [
  ['one host', (flake, modules) => new Host(flake, 'desk', linux).import(...modules)],
  [
    'features',
    (flake, modules) => {
      const host = new Host(flake, 'desk', linux);
      for (const [i, module] of modules.entries()) new Feature(host, `f${i}`).nixos.import(module);
    },
  ],
  [
    'hosts',
    (flake, modules) => {
      for (const [i, module] of modules.entries()) new Host(flake, `desk${i}`, linux).import(module);
    },
  ],
];

describe.each(shapes)('%s', (_, shape) => {
  it.each(users)('is read once, whatever leads to it, by %s', (_, use) => {
    const run = (count: number) => {
      const { files, imported } = shape(count);
      const folder = folderWith({ 'package.json': '{ "name": "mine" }', ...files });
      const flake = new Flake();
      use(
        flake,
        imported.map((path) => moduleIn(folder, path)),
      );
      const counts = countedReads(() => synthToFiles(flake));
      const modules = [...counts.reads].filter(([path]) => path.startsWith(folder) && path.endsWith('.nix'));
      return { ...counts, modules };
    };
    // The bundled option table is read by the first run.
    run(2);
    const some = run(20);
    const more = run(40);
    // Once to find what it leads to, once for the file of the output.
    expect(Math.max(...more.modules.map(([, times]) => times))).toBe(2);
    expect(more.calls).toBeLessThan(2.2 * some.calls);
  });
});

describe('files of one host', () => {
  const copied = (files: Files, imported: readonly string[]) => {
    const folder = folderWith({ 'package.json': '{ "name": "mine" }', ...files });
    const assets = new Assets(
      projectOf(join(folder, 'app.js')),
      new Set(['desk']),
      new OutputSources(join(folder, 'nix')),
    );
    for (const path of imported) assets.add(moduleIn(folder, path), 'desk');
    return [...assets.copies.keys()].sort();
  };

  it('stay in its folder with all that they lead to', () => {
    const files = {
      'hosts/desk/a.nix': '{ imports = [ ./b.nix ]; }',
      'hosts/desk/b.nix': '{ imports = [ ./a.nix ]; }',
    };
    expect(copied(files, ['hosts/desk/a.nix'])).toEqual(['hosts/desk/a.nix', 'hosts/desk/b.nix']);
  });

  it('do not, as soon as one in their circle leads out of it', () => {
    const files = {
      'hosts/desk/a.nix': '{ imports = [ ./b.nix ]; }',
      'hosts/desk/b.nix': '{ imports = [ ./a.nix ../../c.nix ]; }',
      'hosts/desk/d.nix': '{ }',
      'c.nix': '{ }',
    };
    expect(copied(files, ['hosts/desk/d.nix', 'hosts/desk/b.nix'])).toEqual([
      'assets/c.nix',
      'assets/hosts/desk/a.nix',
      'assets/hosts/desk/b.nix',
      'hosts/desk/d.nix',
    ]);
  });

  it('are copied twice where something outside needs them too', () => {
    const files = { 'hosts/desk/a.nix': '{ }', 'c.nix': '{ imports = [ ./hosts/desk/a.nix ]; }' };
    const both = ['assets/c.nix', 'assets/hosts/desk/a.nix', 'hosts/desk/a.nix'];
    expect(copied(files, ['hosts/desk/a.nix', 'c.nix'])).toEqual(both);
    expect(copied(files, ['c.nix', 'hosts/desk/a.nix'])).toEqual(both);
  });
});

it('shows what a file lacks once, where the first one refers to it', () => {
  const folder = folderWith({
    'package.json': '{ "name": "mine" }',
    'a.nix': '{ imports = [ ./c.nix ]; }',
    'b.nix': '{\n  imports = [ ./c.nix ];\n}',
    'c.nix': '{\n  imports = [\n    ./x.nix ./y.nix\n    ./z.nix\n  ];\n}',
  });
  const flake = new Flake();
  new Host(flake, 'desk', linux).import(moduleIn(folder, 'a.nix'), moduleIn(folder, 'b.nix'));
  const shown = diagnostics(flake).map(({ message, position }) => [
    message.replace(folder, '<dir>'),
    `${position!.file.replace(folder, '<dir>')}:${position!.line}:${position!.column}`,
  ]);
  expect(shown).toEqual([
    ["'<dir>/x.nix' does not exist", '<dir>/c.nix:3:5'],
    ["'<dir>/y.nix' does not exist", '<dir>/c.nix:3:13'],
    ["'<dir>/z.nix' does not exist", '<dir>/c.nix:4:5'],
  ]);
});
