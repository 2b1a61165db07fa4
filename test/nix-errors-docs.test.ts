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
import { afterAll, beforeAll, expect, it } from 'vitest';
import { doAll } from '../lib/cli/check-pool';
import { describeRealworld, realworld } from './support/realworld';

const root = join(__dirname, '..');
const page = readFileSync(join(root, 'docs/check.md'), 'utf8');
const [intro, ...sections] = page.split(/^## /m);
const preamble = blocks(intro!, 'ts')[0]!;
const cases = sections.map((section) => ({
  title: section.slice(0, section.indexOf('\n')),
  code: blocks(section, 'ts')[0]!,
  own: blocks(section, 'nix')[0],
  told: blocks(section, 'text')[0] ?? '',
}));

function blocks(text: string, info: string): string[] {
  return [...text.matchAll(new RegExp(`^\`\`\`${info}\n([\\s\\S]*?)^\`\`\`$`, 'gm'))].map((match) => match[1]!);
}

/** What every host of the page has, and what a derivation would make text of. */
const everyHost = `({ config, lib, ... }: {
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

describeRealworld('the page about errors of Nix', () => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'cdknix-judge-')));
  afterAll(() => rmSync(folder, { recursive: true }));
  let told: ReadonlyMap<number, string>;

  beforeAll(async () => {
    const nixpkgs = join(folder, 'nixpkgs');
    cpSync(realworld!, folder, {
      recursive: true,
      filter: (source) => !/\/(home-manager|nix-darwin)(\/|$)/.test(source.slice(realworld!.length)),
    });
    const flake = readFileSync(join(nixpkgs, 'flake.nix'), 'utf8');
    const open = 'modules = args.modules ++ [';
    expect(flake).toContain(open);
    writeFileSync(join(nixpkgs, 'flake.nix'), flake.replace(open, `${open}\n            ${everyHost}`));
    const lock = lockFile(nixpkgs);
    const jobs = cases.map((_, i) => () => ({ result: judge(i, lock), stop: () => {} }));
    told = new Map(await doAll(jobs, 2, () => false, new AbortController().signal));
    if (process.env.WRITE_DOCS) write();
  }, 240_000);

  it.each(cases.map((one, i) => ({ ...one, i })))('$title', (one) => {
    expect(`${told.get(one.i)}\n`).toBe(one.told);
  });

  /** A lock file for flakes with the inputs that the page has. */
  function lockFile(nixpkgs: string): string {
    const at = join(folder, 'lock');
    mkdirSync(at);
    const github = (owner: string, repo: string, ref: string) => `"github:${owner}/${repo}/${ref}"`;
    writeFileSync(
      join(at, 'flake.nix'),
      `{
  inputs.nixpkgs.url = ${github('NixOS', 'nixpkgs', 'nixos-26.05')};
  inputs.home-manager.url = ${github('nix-community', 'home-manager', 'release-26.05')};
  inputs.home-manager.inputs.nixpkgs.follows = "nixpkgs";
  outputs = _: { };
}`,
    );
    const overrides = ['--override-input', 'nixpkgs', `path:${nixpkgs}`];
    const homes = ['--override-input', 'home-manager', `path:${realworld}/home-manager`];
    const flags = ['--extra-experimental-features', 'nix-command flakes', 'flake', 'lock', '--offline'];
    execFileSync('nix', [...flags, ...overrides, ...homes, `path:${at}`], { stdio: 'ignore' });
    return join(at, 'flake.lock');
  }

  async function judge(i: number, lock: string): Promise<[number, string]> {
    const at = join(folder, String(i));
    mkdirSync(join(at, 'node_modules'), { recursive: true });
    mkdirSync(join(at, 'nix'));
    for (const name of ['cdknix', 'constructs', 'typescript']) {
      symlinkSync(name === 'cdknix' ? root : join(root, 'node_modules', name), join(at, 'node_modules', name));
    }
    const { code, own } = cases[i]!;
    const source = `${preamble}\n${code}`;
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
      execFile(process.execPath, [main, 'check', 'desk'], { cwd: at, env }, (_, __, text) => done(text));
    });
    const problems = stderr
      .split('\n\n')
      .filter((block) => /^(?:.*\n)?(error|warning)\[/.test(block) && !block.includes('mkAliasOptionModuleMD'));
    return [i, problems.join('\n\n').replace(/^(passed|failed) .*\n/, '')];
  }

  function write(): void {
    const written = sections.map((section, i) => {
      const fences = [...section.matchAll(/^```$/gm)].map((match) => match.index + 4);
      const inputs = cases[i]!.own === undefined ? 1 : 2;
      return `## ${section.slice(0, fences[inputs - 1])}\n\`\`\`text\n${told.get(i)}\n\`\`\`\n`;
    });
    writeFileSync(join(root, 'docs/check.md'), intro + written.join('\n'));
  }
});
