import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = join(__dirname, '..');
const bin = (name: string) => join(root, 'node_modules', '.bin', name);
const pages = readdirSync(join(root, 'docs')).sort();
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };

describe('the packed package', () => {
  let project: string;
  let tarball: string;
  const run = (command: string, ...args: string[]) => execFileSync(command, args, { cwd: project, encoding: 'utf8' });

  beforeAll(() => {
    const folder = mkdtempSync(join(tmpdir(), 'cdknix-pack-'));
    const [packed] = JSON.parse(
      execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], {
        cwd: root,
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      }),
    ) as { filename: string }[];
    tarball = join(folder, packed!.filename);
    project = join(folder, 'project');
    mkdirSync(project);
    writeFileSync(join(project, 'package.json'), '{ "name": "project", "private": true }');
    run('npm', 'install', '--no-audit', '--no-fund', '--ignore-scripts', '--silent', tarball);
  }, 120_000);

  afterAll(() => rmSync(join(project, '..'), { recursive: true }));

  it('holds code, declarations, option tables and papers, and nothing else', () => {
    const files = execFileSync('tar', ['tzf', tarball], { encoding: 'utf8' }).trim().split('\n');
    expect(files.filter((file) => !/^package\/dist\/.*\.(js|d\.ts)$/.test(file)).sort()).toEqual([
      'package/ARCHITECTURE.md',
      'package/CHANGELOG.md',
      'package/CONTRIBUTING.md',
      'package/LICENSE',
      'package/README.md',
      'package/data/dump-options.nix',
      'package/data/names/packages.txt',
      'package/data/options/darwin.jsonl',
      'package/data/options/home.jsonl',
      'package/data/options/nixos.jsonl',
      ...pages.map((page) => `package/docs/${page}`),
      'package/package.json',
    ]);
  });

  it('has what its papers link to, but for the examples', () => {
    const own = join(project, 'node_modules', 'cdknix');
    const papers = [
      'README.md',
      'ARCHITECTURE.md',
      'CHANGELOG.md',
      'CONTRIBUTING.md',
      ...pages.map((one) => `docs/${one}`),
    ];
    const links = papers.flatMap((paper) =>
      [...readFileSync(join(own, paper), 'utf8').matchAll(/\]\(([\w./-]+)(?:#[\w-]*)?\)/g)].map(
        ([, to]) => [paper, to!] as const,
      ),
    );
    const inside = links.filter(([, to]) => !/^(https?:|(\.\.\/)?examples\/)/.test(to));
    expect(inside.length).toBeGreaterThan(15);
    expect(inside.filter(([paper, to]) => !existsSync(join(own, dirname(paper), to)))).toEqual([]);
  });

  it('works from CommonJS and from ESM, with one copy of its classes', () => {
    const body = `
      const flake = new Flake();
      new HomeUser(new Host(flake, 'desk', { system: 'x86_64-linux' }), 'anna').use(Git);
      console.log(Object.keys(synthToFiles(flake)).length, print(parse('{a=1;}')).trim());`;
    writeFileSync(
      join(project, 'main.cjs'),
      `const { Flake, Host, HomeUser } = require('cdknix');
      const { Git } = require('cdknix/features');
      const { parse, print } = require('cdknix/nix');
      const { synthToFiles } = require('cdknix/testing');${body}`,
    );
    writeFileSync(
      join(project, 'main.mjs'),
      `import { createRequire } from 'node:module';
      import { Flake, Host, HomeUser } from 'cdknix';
      import { Git } from 'cdknix/features';
      import { parse, print } from 'cdknix/nix';
      import { synthToFiles } from 'cdknix/testing';${body}
      console.log(createRequire(import.meta.url)('cdknix').Flake === Flake);`,
    );
    expect(run(process.execPath, 'main.cjs')).toBe('5 { a = 1; }\n');
    expect(run(process.execPath, 'main.mjs')).toBe('5 { a = 1; }\ntrue\n');
  });

  it.each(['commonjs', 'module'])('type-checks in a strict project of type %s, with libraries checked', (type) => {
    writeFileSync(join(project, 'package.json'), JSON.stringify({ name: 'project', private: true, type }));
    writeFileSync(
      join(project, 'main.ts'),
      `import { Feature, Flake, Host, HomeUser, mkIf, pkgs, str, type Expr } from 'cdknix';
      import { Docker, Git } from 'cdknix/features';
      import { nix, print } from 'cdknix/nix';
      import { diagnostics } from 'cdknix/testing';
      import { Construct } from 'constructs';
      class Mine extends Feature {
        constructor(scope: Construct, id: string, props: { readonly port: number }) {
          super(scope, id);
          this.nixos.set({ services: { nginx: { defaultHTTPListenPort: props.port } } });
        }
      }
      const flake = new Flake({ channel: 'unstable' });
      const host = new Host(flake, 'desk', { system: 'x86_64-linux', stateVersion: '26.05' });
      new Host(flake, 'mac', { system: 'aarch64-darwin', stateVersion: 7 });
      const { openssh } = host.config.services;
      host.use(Docker, Mine.with({ port: 1 })).set({ users: { motd: mkIf(openssh.enable, str\`\${pkgs.git}/bin\`) } });
      // @ts-expect-error: no such option
      host.set({ services: { ngnix: { enable: true } } });
      // @ts-expect-error: a value of another type
      host.set({ services: { nginx: { enable: 'yes' } } });
      // @ts-expect-error: a feature that needs props
      host.use(Mine);
      // @ts-expect-error: props of another type
      host.use(Mine.with({ port: 'x' }), Git.with({ nmae: 'x' }));
      // @ts-expect-error: no such system
      new Host(flake, 'none', { system: 'x86_64-linx' });
      // @ts-expect-error: a Mac counts its own state versions
      new Host(flake, 'mac2', { system: 'aarch64-darwin', stateVersion: '26.05' });
      const home: Expr<string> = new HomeUser(host, 'anna').config.home.homeDirectory;
      console.log(diagnostics(flake), home, print(nix\`{ }\`));`,
    );
    const options = ['--noEmit', '--strict', '--module', 'node16', '--target', 'es2022', '--types', 'node'];
    const typeRoots = ['--typeRoots', join(root, 'node_modules', '@types')];
    expect(run(bin('tsc'), ...options, ...typeRoots, '--skipLibCheck', 'false', '--ignoreConfig', 'main.ts')).toBe('');
  });

  it('brings the command line', () => {
    expect(run(join(project, 'node_modules', '.bin', 'cdknix'), '--version').trim()).toBe(version);
  });

  it('is found right by publint and attw', () => {
    expect(run(bin('publint'), 'run', tarball, '--strict')).toContain('All good!');
    expect(run(bin('attw'), tarball, '--format', 'ascii', '--no-color')).toContain('No problems found');
  });
});
