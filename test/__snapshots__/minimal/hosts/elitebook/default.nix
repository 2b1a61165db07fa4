{ pkgs, ... }:
{
  imports = [
    ../../assets/hardware-configuration.nix
    ../../modules/nixos/shell.nix
    ../../modules/nixos/docker.nix
    ../../modules/nixos/home-manager.nix
  ];

  networking = {
    hostName = "elitebook";
    firewall.enable = true;
  };

  nixpkgs.hostPlatform = "x86_64-linux";
  system.stateVersion = "26.05";

  users.users.marcus = {
    isNormalUser = true;
    extraGroups = [ "docker" ];
    shell = pkgs.zsh;
  };

  home-manager.users.marcus = ../../home/marcus;
}
