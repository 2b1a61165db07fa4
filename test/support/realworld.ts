import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe } from 'vitest';
import type { Summary } from '../../lib/synth/summary';

const run = promisify(execFile);

/** The folder with the real module systems as local flakes: nixpkgs, home-manager, nix-darwin. */
export const realworld = process.env.REALWORLD;

/** The folders of the module systems among them; there may be a whole nixpkgs beside them. */
export const moduleSystems = ['nixpkgs', 'home-manager', 'nix-darwin'] as const;

/** The files of a folder of the real module systems, or of all of them. */
export function realworldFiles(...folders: readonly string[]): string[] {
  return (folders.length ? folders : moduleSystems).flatMap((folder) =>
    readdirSync(join(realworld!, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name)),
  );
}

/** A suite that needs the real module systems; says loudly that it is skipped without them. */
export function describeRealworld(name: string, suite: () => void): void {
  if (realworld && !existsSync(join(realworld, 'nixpkgs', 'flake.nix'))) {
    throw new Error(`REALWORLD=${realworld} holds no nixpkgs flake`);
  }
  if (!realworld) console.warn(`SKIPPED: ${name}: set REALWORLD to the folder with the real module systems`);
  describe.skipIf(!realworld)(realworld ? name : `${name} [skipped: REALWORLD is not set]`, suite);
}

/**
 * Evaluates an attribute of a written flake against the real module systems.
 *
 * @param inputs further folders, by the inputs that they stand for
 * @returns its value, from JSON
 * @throws with Nix's own message
 */
export async function evaluate(
  flake: string,
  attribute: string,
  apply?: string,
  inputs: Readonly<Record<string, string>> = {},
): Promise<unknown> {
  return JSON.parse((await nixEval(flake, attribute, apply, {}, inputs)).stdout);
}

/** What an evaluation did, in Nix's own counts, which are the same at every run. */
export interface Effort {
  readonly nrFunctionCalls: number;
  readonly nrPrimOpCalls: number;
  readonly nrThunks: number;
}

/** What it takes Nix to evaluate all of a NixOS host. */
export async function effortFor(flake: string, host: string): Promise<Effort> {
  const { stderr } = await nixEval(flake, `nixosConfigurations."${host}"`, nixosToplevel, showStats);
  return effortIn(stderr);
}

/** Has Nix say what it did. */
export const showStats = { NIX_SHOW_STATS: '1' };

/** What Nix says that it did. */
export function effortIn(stderr: string): Effort {
  return JSON.parse(/^\{\n[\s\S]*^\}$/m.exec(stderr)![0]) as Effort;
}

function nixEval(
  flake: string,
  attribute: string,
  apply?: string,
  env: Readonly<Record<string, string>> = {},
  inputs: Readonly<Record<string, string>> = {},
) {
  const names = inputNames(join(flake, 'flake.nix'));
  const overrides = names.flatMap((name) => {
    const places = [join(realworld!, name), join(__dirname, 'inputs', name)];
    const folder = name.startsWith('nixpkgs') ? nixpkgs() : places.find((path) => existsSync(path));
    return folder ? ['--override-input', name, `path:${folder}`] : [];
  });
  for (const [name, folder] of Object.entries(inputs)) overrides.push('--override-input', name, `path:${folder}`);
  return run(
    'nix',
    [
      ...['--extra-experimental-features', 'nix-command flakes', 'eval', '--json', `path:${flake}#${attribute}`],
      ...(apply ? ['--apply', apply] : []),
      ...['--offline', '--no-write-lock-file', ...overrides],
    ],
    { maxBuffer: 64 * 1024 * 1024, env: { ...process.env, ...env } },
  );
}

/** Packages of today that the stand-in package set lacks. */
const missing = [
  'adw-gtk3',
  'bitwarden-desktop',
  'catppuccin-cursors.mochaDark',
  'duf',
  'easyeffects',
  'ghostty',
  'helix',
  'hypridle',
  'hyprland',
  'hyprlock',
  'kdePackages.polkit-kde-agent-1',
  'kdePackages.xdg-desktop-portal-kde',
  'linuxPackages_6_12',
  'lua-language-server',
  'nerd-fonts.jetbrains-mono',
  'obs-studio-plugins.obs-pipewire-audio-capture',
  'qt5.qtbase.qtPluginPrefix',
  'qt5.qtbase.qtQmlPrefix',
  'qt6.qtbase.qtQmlPrefix',
  'typescript-language-server',
  'vimPlugins.catppuccin-nvim',
  'vimPlugins.gitsigns-nvim',
  'vimPlugins.lualine-nvim',
  'vimPlugins.nvim-lspconfig',
  'vimPlugins.nvim-treesitter.withAllGrammars',
  'vimPlugins.telescope-nvim',
  'xdg-desktop-portal-hyprland',
];

/** Adds to the stand-in packages what modules ask of them and they lack. */
const overlay = `_: prev:
let
  inherit (prev) lib mk;
  missing = map (lib.splitString ".") [ ${missing.map((name) => `"${name}"`).join(' ')} ];
  add = set: path: lib.recursiveUpdate set (lib.setAttrByPath path (mk (lib.last path)));
in
lib.getAttrs (map lib.head missing) (lib.foldl' add prev missing)
// {
  fwupd = prev.fwupd // { filesInstalledToEtc = [ ]; };
  neovimUtils = {
    makeVimPackageInfo = _: { runtimeDeps = [ ]; pluginPython3Packages = [ ]; vimPackage = { }; };
    packDir = _: mk "pack";
  };
  wrapNeovimUnstable = _: _: { overrideAttrs = _: prev.neovim // { luaRcContent = ""; }; };
}
`;

let completed: string | undefined;

/** The nixpkgs flake with all packages that the tests need, for the system that it is asked for. */
function nixpkgs(): string {
  if (completed) return completed;
  const folder = mkdtempSync(join(tmpdir(), 'cdknix-nixpkgs-'));
  process.once('exit', () => rmSync(folder, { recursive: true }));
  cpSync(join(realworld!, 'nixpkgs'), folder, { recursive: true });
  renameSync(join(folder, 'pkgs.nix'), join(folder, 'stand-in.nix'));
  writeFileSync(join(folder, 'pkgs.nix'), `args: (import ./stand-in.nix args).extend (${overlay})`);
  writeFileSync(join(folder, 'default.nix'), ofAnySystem);
  completed = folder;
  return folder;
}

/** The stand-in takes what NixOS gives for no other platform, `crossSystem = null`, for a platform. */
const ofAnySystem = `args:
let
  given = map (name: args.\${name} or null) [ "hostPlatform" "crossSystem" "localSystem" "system" ];
  platform = builtins.head (builtins.filter (one: one != null) (given ++ [ "x86_64-linux" ]));
in
import ./pkgs.nix {
  lib = import ./lib;
  system = platform.system or platform;
  overlays = args.overlays or [ ];
}
`;

/** The stand-in packages take no `nixpkgs.config`, and are no plug-ins of NetworkManager. */
const onNixos = `{ lib, ... }: {
  nixpkgs.config = lib.mkForce { };
  networking.networkmanager.plugins = lib.mkForce [ ];
}`;

const toplevel = 'config.system.build.toplevel.name';

/** Gives the name of a NixOS system's derivation, over the stand-in packages. */
export const nixosToplevel = `h: (h.extendModules { modules = [ (${onNixos}) ]; }).${toplevel}`;

/** Evaluates every host and home of a written flake as a whole; returns the names of what they would build. */
export async function evaluateAll(flake: string, { hosts, homes }: Summary): Promise<Record<string, string>> {
  const jobs = [
    ...hosts.map(({ name, class: kind }) =>
      kind === 'nixos'
        ? [`nixosConfigurations."${name}"`, nixosToplevel]
        : [`darwinConfigurations."${name}"`, `h: h.${toplevel}`],
    ),
    ...[...hosts.flatMap((host) => host.users), ...homes]
      .filter((home) => home.configuration)
      .map((home) => [`homeConfigurations."${home.configuration}"`, 'h: h.activationPackage.name']),
  ] as [string, string][];
  const names: Record<string, string> = {};
  for (const [attribute, apply] of jobs) names[attribute] = (await evaluate(flake, attribute, apply)) as string;
  return names;
}

/** The inputs that a `flake.nix` declares. */
export function inputNames(file: string): string[] {
  const text = /\n {2}inputs = \{\n([\s\S]*?)\n {2}\};/.exec(readFileSync(file, 'utf8'))?.[1] ?? '';
  return [...text.matchAll(/^ {4}([\w-]+)(?:\.url)? = /gm)].map((match) => match[1]!);
}
