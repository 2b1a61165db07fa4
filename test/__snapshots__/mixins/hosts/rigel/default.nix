{ pkgs, ... }:
{
  imports = [
    ../../modules/nixos/nix.nix
    ../../modules/nixos/shell.nix
    ../../modules/nixos/tools.nix
    ../../modules/nixos/uefi.nix
    ../../modules/nixos/tailscale.nix
    ../../modules/nixos/metrics.nix
    ../../modules/nixos/open-ssh.nix
    ../../modules/nixos/backup.nix
    ../../modules/nixos/nixpkgs.nix
  ];

  networking.hostName = "rigel";
  nixpkgs.hostPlatform = "aarch64-linux";
  system.stateVersion = "26.05";

  users.users.martin = {
    isNormalUser = true;
    extraGroups = [ "wheel" ];
    openssh.authorizedKeys.keys = [
      "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIHrO9mbyQO2vmKUf0mQ9g0RXt4gBk8mJ0t2ZqZ0yZ0aA martin"
    ];
    shell = pkgs.fish;
  };
}
