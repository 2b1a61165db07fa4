import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe } from 'vitest';
import type { Summary } from '../../lib/synth/summary';

const run = promisify(execFile);

/** The folder with the real module systems as local flakes: nixpkgs, home-manager, nix-darwin. */
export const realworld = process.env.REALWORLD;

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
 * @returns its value, from JSON
 * @throws with Nix's own message
 */
export async function evaluate(flake: string, attribute: string, apply?: string): Promise<unknown> {
  const names = inputNames(join(flake, 'flake.nix'));
  const overrides = names.flatMap((name) => {
    const local = name.startsWith('nixpkgs') ? 'nixpkgs' : name;
    const folder = join(realworld!, local);
    return existsSync(folder) ? ['--override-input', name, `path:${folder}`] : [];
  });
  const { stdout } = await run(
    'nix',
    [
      ...['--extra-experimental-features', 'nix-command flakes', 'eval', '--json', `path:${flake}#${attribute}`],
      ...(apply ? ['--apply', apply] : []),
      ...['--offline', '--no-write-lock-file', ...overrides],
    ],
    { maxBuffer: 64 * 1024 * 1024 },
  );
  return JSON.parse(stdout);
}

/** Packages of today that the stand-in package set lacks. */
const missing = [
  'adw-gtk3',
  'bitwarden-desktop',
  'catppuccin-cursors.mochaDark',
  'duf',
  'easyeffects',
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

/** What NixOS needs of the stand-in packages: they take no `nixpkgs.config`, and lack what modules ask of some of them. */
const standIn = `{ lib, ... }: {
  nixpkgs.config = lib.mkForce { };
  networking.networkmanager.plugins = lib.mkForce [ ];
  nixpkgs.overlays = [ (_: prev:
    let
      missing = map (lib.splitString ".") [ ${missing.map((name) => `"${name}"`).join(' ')} ];
      add = set: path: lib.recursiveUpdate set (lib.setAttrByPath path (prev.mk (lib.last path)));
    in
    lib.getAttrs (map lib.head missing) (lib.foldl' add prev missing)
    // {
      fwupd = prev.fwupd // { filesInstalledToEtc = [ ]; };
      neovimUtils = {
        makeVimPackageInfo = _: { runtimeDeps = [ ]; pluginPython3Packages = [ ]; vimPackage = { }; };
        packDir = _: prev.mk "pack";
      };
      wrapNeovimUnstable = _: _: { overrideAttrs = _: prev.neovim // { luaRcContent = ""; }; };
    }) ];
}`;

/** Evaluates every host and home of a written flake as a whole; returns the names of what they would build. */
export async function evaluateAll(flake: string, { hosts, homes }: Summary): Promise<Record<string, string>> {
  const toplevel = 'config.system.build.toplevel.name';
  const jobs = [
    ...hosts.map(({ name, class: kind }) =>
      kind === 'nixos'
        ? [`nixosConfigurations."${name}"`, `h: (h.extendModules { modules = [ (${standIn}) ]; }).${toplevel}`]
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

function inputNames(file: string): string[] {
  const text = /\n {2}inputs = \{\n([\s\S]*?)\n {2}\};/.exec(readFileSync(file, 'utf8'))?.[1] ?? '';
  return [...text.matchAll(/^ {4}([\w-]+)(?:\.url)? = /gm)].map((match) => match[1]!);
}
