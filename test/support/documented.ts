import { spawnSync } from 'node:child_process';

/** An option as the manual of NixOS has it. */
export interface DocumentedOption {
  readonly loc: readonly string[];
  readonly type: string;
}

/**
 * The options of the manual of a real NixOS.
 *
 * @param nixpkgs the flake
 * @param members what is read of each
 * @param nix the program
 */
export function documentedOptions<Member extends keyof DocumentedOption>(
  nixpkgs: string,
  members: readonly Member[],
  nix = 'nix',
): readonly Pick<DocumentedOption, Member>[] {
  const code = `
    let
      nixpkgs = builtins.getFlake "${nixpkgs}";
      # The stand-in packages have an older form of this.
      systemd = _: prev: { formats = prev.formats // { systemd = _: prev.formats.systemd; }; };
      packages = nixpkgs.legacyPackages.x86_64-linux;
      pkgs = if packages ? mk then packages.extend systemd else packages;
      inherit (nixpkgs.lib.nixosSystem { modules = [ { nixpkgs = { inherit pkgs; }; } ]; }) options;
      all = nixpkgs.lib.optionAttrSetToDocList options;
    in
    builtins.toJSON (map (option: { inherit (option) ${members.join(' ')}; })
      (builtins.filter (option: option.visible && !option.internal) all))`;
  const args = ['--extra-experimental-features', 'nix-command flakes', 'eval', '--raw', '--impure', '--offline'];
  const { status, stdout, stderr } = spawnSync(nix, [...args, '--expr', code], {
    encoding: 'utf8',
    maxBuffer: 2 ** 30,
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as Pick<DocumentedOption, Member>[];
}
