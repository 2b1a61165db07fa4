{ pkgs, ... }:
{
  imports = [
    ../../modules/nixos/common.nix
    ../../modules/nixos/tailscale.nix
    ../../modules/nixos/desktop.nix
    ./hardware-configuration.nix
    ../../modules/nixos/hyprland.nix
    ../../modules/nixos/shell.nix
    ../../modules/nixos/streaming.nix
    ../../modules/nixos/docker.nix
    ../../modules/nixos/nixpkgs.nix
    ../../modules/nixos/home-manager.nix
  ];

  networking.hostName = "elitebook";
  nixpkgs.hostPlatform = "x86_64-linux";
  system.stateVersion = "26.05";
  boot.kernelPackages = pkgs.linuxPackages_latest;
  services.fprintd.enable = true;
  security.pam.services.login.fprintAuth = false;

  users.users.marcus = {
    isNormalUser = true;
    extraGroups = [
      "wheel"
      "networkmanager"
      "docker"
    ];
    shell = pkgs.zsh;
  };

  home-manager = {
    sharedModules = [ ../../modules/home/hyprland.nix ];
    users.marcus = ../../home/marcus;
  };
}
