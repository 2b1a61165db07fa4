import { cpSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { readTable } from '../../lib/options/table';
import type { Option, OptionTree } from '../../lib/options/type';
import { describeRealworld, realworld } from '../support/realworld';
import { annotated, compilerOf } from '../types/compiler';
import { cdknix, filesIn, projectWith, put, repo } from './support';

/** What NixOS, Home Manager and their documentation ask of packages, and the stand-in package set lacks. */
const packages = `args: (import ./stand-in.nix args).extend (_: prev:
let
  anything = prev.lib.types.attrsOf prev.lib.types.anything;
  old = anything // { functor = anything.functor // { wrapped.functor.wrapped.functor.wrapped = [ anything ]; }; };
in
{
  path = ./.;
  gerrit = prev.gerrit // { passthru.plugins = [ "plugin" ]; };
  zfs = prev.zfs // { kernelModuleAttribute = "kernel"; };
  formats = prev.formats // {
    gitIni = args: prev.formats.gitIni args // { type = old; };
    systemd = _: prev.formats.systemd;
  };
  dockerTools = prev.dockerTools // { buildImage = _: prev.emptyFile; };
  music-assistant = prev.music-assistant // { providerNames = [ "radio" ]; };
  scx = prev.scx // { full = prev.scx.full // { schedulers = [ "scx_rustland" ]; }; };
})
`;

/** Stands in for a module of nixpkgs that Home Manager refers to. */
const service =
  '{ config, lib, ... }: { options.systemd = lib.mkOption { type = lib.types.anything; default = { }; }; }';

const app = (imports: string) => `const flake = new cdknix.Flake();
flake.input('nixvim', { url: 'github:nix-community/nixvim' });
const desk = new cdknix.Host(flake, 'desk', { system: 'x86_64-linux' });
desk.import('./service.nix').set({ noSuchOption: true });
new cdknix.Host(flake, 'spare', { system: 'x86_64-linux' }).import('./service.nix');
const anna = new cdknix.HomeUser(desk, 'anna');
${imports}
new cdknix.Host(flake, 'mac', { system: 'aarch64-darwin' });
`;

const nixvim = 'anna.import(cdknix.nix`inputs.nixvim.homeModules.nixvim`);';

const ownModule = `{ lib, ... }: {
  options.my.service = {
    port = lib.mkOption { type = lib.types.port; default = 8080; description = "Where *my service* listens."; };
    mode = lib.mkOption { type = lib.types.enum [ "quick" "careful" ]; };
  };
}
`;

const program = `import { Flake, Host, HomeUser } from 'cdknix';

const desk = new Host(new Flake(), 'desk', { system: 'x86_64-linux' });
const mac = new Host(new Flake(), 'mac', { system: 'aarch64-darwin' });
const anna = new HomeUser(desk, 'anna');
desk.set({ my: { service: { port: 80, mode: 'quick' } }, services: { openssh: { enable: true } } });
anna.set({ programs: { nixvim: { enable: desk.config.services.openssh.enable }, git: { enable: true } } });
mac.set({ system: { defaults: { dock: { autohide: true } } } });
desk.set({ my: { service: { prot: 80 } } });
desk.set({ my: { service: { mode: 'slow' } } });
desk.set({ services: { opensh: { enable: true } } });
anna.set({ programs: { nixvim: { enable: 'yes' } } });
mac.set({ my: { service: { port: 80 } } });
`;

function optionAt(tree: OptionTree, path: string): Option | undefined {
  return path.split('.').reduce<unknown>((at, name) => (at as OptionTree | undefined)?.[name], tree) as
    | Option
    | undefined;
}

describeRealworld('cdknix import from the real module systems', () => {
  const project = projectWith(app(nixvim), { 'service.nix': ownModule, 'package.json': '{}' });

  beforeAll(() => {
    const nixpkgs = mkdtempSync(join(tmpdir(), 'cdknix-nixpkgs-'));
    process.once('exit', () => rmSync(nixpkgs, { recursive: true, force: true }));
    cpSync(join(realworld!, 'nixpkgs'), nixpkgs, { recursive: true });
    renameSync(join(nixpkgs, 'pkgs.nix'), join(nixpkgs, 'stand-in.nix'));
    put(nixpkgs, { 'pkgs.nix': packages, 'nixos/modules/system/service/systemd/service.nix': service });
    const inputs = {
      nixpkgs,
      'nixpkgs-darwin': nixpkgs,
      'home-manager': join(realworld!, 'home-manager'),
      'nix-darwin': join(realworld!, 'nix-darwin'),
      nixvim: join(repo, 'test/support/inputs/nixvim'),
    };
    const overrides = Object.entries(inputs).flatMap(([name, path]) => ['--override-input', name, `path:${path}`]);
    put(project, { 'cdk-like.json': JSON.stringify({ app: 'node app.js', nix: ['--offline', ...overrides] }) });
  });

  it('reads all options of all hosts and homes, also where a definition is wrong', { timeout: 300_000 }, async () => {
    const { code, stdout, stderr } = await cdknix(project, 'import');
    expect(stderr.replace(/\S*\/nix\/store\/[^/]+/, '<nixpkgs>')).toMatchInlineSnapshot(`
      "nix/flake.lock is not there yet, so the inputs are those of today
      reading the nixos options of desk, which has those of spare too
      nix cannot evaluate all of the nixos options of desk: they are read one by one, which takes longer
      warning[import-left-out]: the type of services.autorandr.profiles.<name>.config.<name>.transform cannot be evaluated, and is left out (nixos/modules/services/misc/autorandr.nix)
        error: attribute 'elemTypeFunctor' missing at <nixpkgs>/nixos/modules/services/misc/autorandr.nix:36:9
        help: any value is taken for it

      reading the darwin options of mac
      reading the home options of anna on desk
      imports: nixos.d.ts, nixos.options.jsonl, darwin.d.ts, darwin.options.jsonl, home.d.ts, home.options.jsonl
      "
    `);
    expect(stdout.replace(/[\d,]+ options/g, 'N options')).toMatchInlineSnapshot(`
      "nixos: N options, imported for the first time
      darwin: N options, imported for the first time
      home: N options, imported for the first time
      "
    `);
    expect(code).toBe(0);
    const table = (of: string) => readTable(join(project, 'imports', `${of}.options.jsonl`)).options;
    expect(optionAt(table('nixos'), 'my.service.port')).toEqual([
      { kind: 'int', min: 0, max: 65535 },
      { default: 8080, file: 'assets/service.nix' },
    ]);
    expect(optionAt(table('nixos'), 'home-manager.users')?.[0]).toMatchObject({ kind: 'attrsOf', of: 'home' });
    expect(optionAt(table('home'), 'programs.nixvim')?.[0]).toMatchObject({ kind: 'submodule' });
    expect(optionAt(table('home'), 'home.stateVersion')?.[0]).toMatchObject({ kind: 'enum' });
    expect(optionAt(table('darwin'), 'homebrew.casks')?.[0]).toMatchObject({ kind: 'listOf' });
  });

  it('makes types that take what the options take', { timeout: 120_000 }, () => {
    const types = filesIn(join(project, 'imports'));
    expect(types['nixos.d.ts']).toContain('   * Where *my service* listens.\n');
    const files = {
      'app.ts': program,
      ...Object.fromEntries(Object.entries(types).filter(([name]) => /\.d\.ts$/.test(name))),
    };
    const compiler = compilerOf(files);
    const problems = compiler.getSemanticDiagnostics(join(repo, 'test/types/app.ts'));
    expect(annotated(program, problems)).toMatchInlineSnapshot(`
      "import { Flake, Host, HomeUser } from 'cdknix';

      const desk = new Host(new Flake(), 'desk', { system: 'x86_64-linux' });
      const mac = new Host(new Flake(), 'mac', { system: 'aarch64-darwin' });
      const anna = new HomeUser(desk, 'anna');
      desk.set({ my: { service: { port: 80, mode: 'quick' } }, services: { openssh: { enable: true } } });
      anna.set({ programs: { nixvim: { enable: desk.config.services.openssh.enable }, git: { enable: true } } });
      mac.set({ system: { defaults: { dock: { autohide: true } } } });
      desk.set({ my: { service: { prot: 80 } } });
      //                          ^ Object literal may only specify known properties, and 'prot' does not exist in type 'MyService'.
      desk.set({ my: { service: { mode: 'slow' } } });
      //                          ^ Type '"slow"' is not assignable to type 'Value<"quick" | "careful"> | undefined'.
      desk.set({ services: { opensh: { enable: true } } });
      //                     ^ Object literal may only specify known properties, but 'opensh' does not exist in type 'Services'. Did you mean to write 'openssh'?
      anna.set({ programs: { nixvim: { enable: 'yes' } } });
      //                               ^ Type 'string' is not assignable to type 'Value<boolean> | undefined'.
      mac.set({ my: { service: { port: 80 } } });
      //        ^ Object literal may only specify known properties, and 'my' does not exist in type 'DarwinOptions'.
      "
    `);
  });

  it('finds nothing new the second time', { timeout: 120_000 }, async () => {
    const before = filesIn(join(project, 'imports'));
    expect((await cdknix(project, 'import', 'home')).stdout).toMatch(/^home: nothing changed/);
    expect(filesIn(join(project, 'imports'))).toEqual(before);
  });

  it('says what a module had that is imported no more', { timeout: 120_000 }, async () => {
    const { length } = app(nixvim);
    const text = readFileSync(join(project, 'app.js'), 'utf8');
    writeFileSync(join(project, 'app.js'), text.slice(0, -length) + app(''));
    const { stdout } = await cdknix(project, 'import', 'home');
    expect(stdout.replace(/[\d,]+ options/, 'N options')).toMatchInlineSnapshot(`
      "home: 2 removed (N options)
        - programs.nixvim
        - programs.nixvim.enable
      "
    `);
  });
});
