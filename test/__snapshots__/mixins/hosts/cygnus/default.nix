{ pkgs, ... }:
{
  imports = [
    ../../modules/nixos/nix.nix
    ../../modules/nixos/shell.nix
    ../../modules/nixos/tools.nix
    ../../modules/nixos/uefi.nix
    ../../modules/nixos/laptop.nix
    ../../modules/nixos/tailscale.nix
    ../../modules/nixos/metrics.nix
    ../../modules/nixos/open-ssh.nix
    ../../modules/nixos/sound.nix
    ../../modules/nixos/backup.nix
    ../../modules/nixos/plasma.nix
    ../../modules/nixos/login.nix
    ../../modules/nixos/nixpkgs.nix
  ];

  networking.hostName = "cygnus";
  nixpkgs.hostPlatform = "aarch64-linux";
  system.stateVersion = "26.05";

  users.users.agatha = {
    isNormalUser = true;
    extraGroups = [ "video" ];
    shell = pkgs.fish;
  };
}
