import { execFile, execFileSync } from 'node:child_process';
import {
  copyFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ts from 'typescript';
import { afterAll } from 'vitest';
import { doAll } from '../../lib/cli/check/pool';
import { realworld } from './realworld';

const root = join(__dirname, '../..');

/** An app, and what is beside it. */
export interface Judged {
  /** TypeScript, with all that it imports. */
  readonly source: string;
  /** The text of `own.nix`. */
  readonly own?: string | undefined;
  /** What is checked. */
  readonly target: string;
}

/** What the host `desk` has, and what a derivation would make text of. */
const everyHost = `({ config, lib, ... }: lib.mkIf (config.networking.hostName == "desk") {
              boot.loader.grub.enable = lib.mkDefault false;
              documentation.enable = lib.mkDefault false;
              fileSystems."/" = lib.mkDefault { device = "/dev/sda"; fsType = "ext4"; };
              system.nixos.tags = lib.mkForce (builtins.deepSeq [
                (map (package: "\${package}") config.environment.systemPackages)
                config.environment.variables
                config.users.motd
                config.networking.firewall.allowedTCPPorts
                config.my or null
              ] [ ]);
            })`;

/** The same for Macs, and their homes. The stand-in packages have none of nix-darwin's tools. */
const everyMac = `({ config, lib, ... }: {
            documentation.enable = lib.mkDefault false;
            system.tools.enable = lib.mkDefault false;
            system.darwinLabel = builtins.deepSeq [
              (map (package: "\${package}") config.environment.systemPackages)
              config.system.defaults.dock
              config.networking.computerName
              (map (home: [ (map (package: "\${package}") home.home.packages) home.home.sessionVariables ])
                (lib.attrValues (config.home-manager.users or { })))
            ] "label";
          })`;

/** A flake that is no input of the module systems. */
const tools = '{ outputs = _: { nixosModules.default = { }; }; }';

/**
 * Runs `cdknix check` on apps, on the real module systems.
 *
 * @returns what is told of each: its problems, without those that every host has
 */
export async function judgeAll(apps: readonly Judged[]): Promise<string[]> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'cdknix-judge-')));
  afterAll(() => rmSync(folder, { recursive: true }), 120_000);
  for (const name of ['nixpkgs', 'home-manager', 'nix-darwin']) {
    cpSync(join(realworld!, name), join(folder, name), { recursive: true });
  }
  insert(join(folder, 'nixpkgs/flake.nix'), 'modules = args.modules ++ [', `\n            ${everyHost}`);
  insert(join(folder, 'nix-darwin/flake.nix'), 'modules = modules', ` ++ [ ${everyMac} ]`);
  // The releases in the folder differ, and Home Manager warns of that.
  const release = 'config.home.enableNixpkgsReleaseCheck && releaseMismatch';
  insert(join(folder, 'home-manager/modules/home-environment.nix'), release, ' && false');
  mkdirSync(join(folder, 'tools'));
  writeFileSync(join(folder, 'tools/flake.nix'), tools);
  const lock = lockFile(folder);
  const jobs = apps.map((app, i) => () => ({
    result: judge(app, join(folder, String(i)), lock).then((told) => ({ i, told })),
    stop: () => {},
  }));
  const all = await doAll(jobs, 2, () => false, new AbortController().signal);
  return all.sort((a, b) => a.i - b.i).map((one) => one.told);
}

function insert(file: string, behind: string, code: string): void {
  const text = readFileSync(file, 'utf8');
  if (!text.includes(behind)) throw new Error(`${file} has no ${behind}`);
  writeFileSync(
    file,
    text.replace(behind, () => behind + code),
  );
}

/** A lock file for flakes of machines of both kinds. */
function lockFile(folder: string): string {
  const at = join(folder, 'lock');
  mkdirSync(at);
  const inputs = [
    ['nixpkgs', 'github:NixOS/nixpkgs/nixos-26.05', 'nixpkgs'],
    ['nixpkgs-darwin', 'github:NixOS/nixpkgs/nixpkgs-26.05-darwin', 'nixpkgs'],
    ['home-manager', 'github:nix-community/home-manager/release-26.05', 'home-manager'],
    ['nix-darwin', 'github:nix-darwin/nix-darwin/nix-darwin-26.05', 'nix-darwin'],
    ['tools', 'github:example/tools', 'tools'],
  ] as const;
  writeFileSync(
    join(at, 'flake.nix'),
    `{
  ${inputs.map(([name, url]) => `inputs.${name}.url = "${url}";`).join('\n  ')}
  inputs.home-manager.inputs.nixpkgs.follows = "nixpkgs";
  inputs.nix-darwin.inputs.nixpkgs.follows = "nixpkgs-darwin";
  outputs = _: { };
}`,
  );
  const overrides = inputs.flatMap(([name, , place]) => ['--override-input', name, `path:${join(folder, place)}`]);
  const flags = ['--extra-experimental-features', 'nix-command flakes', 'flake', 'lock', '--offline'];
  execFileSync('nix', [...flags, ...overrides, `path:${at}`], { stdio: 'ignore' });
  return join(at, 'flake.lock');
}

async function judge({ source, own, target }: Judged, at: string, lock: string): Promise<string> {
  mkdirSync(join(at, 'node_modules'), { recursive: true });
  mkdirSync(join(at, 'nix'));
  for (const name of ['cdknix', 'constructs', 'typescript']) {
    symlinkSync(name === 'cdknix' ? root : join(root, 'node_modules', name), join(at, 'node_modules', name));
  }
  const compilerOptions = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022, inlineSourceMap: true };
  writeFileSync(join(at, 'package.json'), '{ "name": "example" }');
  writeFileSync(join(at, 'cdk-like.json'), '{ "app": "node --enable-source-maps main.js", "nix": ["--offline"] }');
  writeFileSync(join(at, 'main.ts'), source);
  writeFileSync(join(at, 'main.js'), ts.transpileModule(source, { compilerOptions, fileName: 'main.ts' }).outputText);
  if (own !== undefined) writeFileSync(join(at, 'own.nix'), own);
  copyFileSync(lock, join(at, 'nix/flake.lock'));
  const main = join(root, 'dist/cli/main.js');
  const stderr = await new Promise<string>((done) => {
    const env = { ...process.env, NO_COLOR: '1' };
    execFile(process.execPath, [main, 'check', target], { cwd: at, env }, (_, __, text) => done(text));
  });
  const problems = stderr
    .split('\n\n')
    .filter((block) => /^(?:.*\n)?(error|warning)\[/.test(block) && !block.includes('mkAliasOptionModuleMD'));
  return problems.join('\n\n').replace(/^(passed|failed) .*\n/, '');
}
