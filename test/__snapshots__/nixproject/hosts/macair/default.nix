{ config, pkgs, ... }:
{
  imports = [
    ../../modules/nixos/common.nix
    ../../modules/nixos/tailscale.nix
    ../../modules/nixos/desktop.nix
    ./hardware-configuration.nix
    ../../modules/nixos/shell.nix
    ../../modules/nixos/streaming.nix
    ../../modules/nixos/docker.nix
    ../../modules/nixos/nixpkgs.nix
    ../../modules/nixos/home-manager.nix
  ];

  networking.hostName = "macair";
  nixpkgs.hostPlatform = "x86_64-linux";
  system.stateVersion = "26.05";

  boot = {
    # Broadcom's driver crashes newer kernels when it is loaded: https://github.com/NixOS/nixpkgs/issues/423858
    kernelPackages = pkgs.linuxPackages_6_12;
    kernelModules = [ "wl" ];
    extraModulePackages = [ config.boot.kernelPackages.broadcom_sta ];
    # The free drivers claim the Wi-Fi card first, and do not work with it.
    blacklistedKernelModules = [
      "b43"
      "bcma"
      "brcmsmac"
      "ssb"
    ];
    # F1 to F12 without holding fn.
    extraModprobeConfig = "options hid_apple fnmode=2";
  };

  hardware = {
    facetimehd.enable = true;
    graphics.extraPackages = [ pkgs.intel-vaapi-driver ];
  };

  services.mbpfan.enable = true;

  users.users.marcus = {
    isNormalUser = true;
    extraGroups = [
      "wheel"
      "networkmanager"
      "docker"
    ];
    shell = pkgs.zsh;
  };

  home-manager.users.marcus = ../../home/marcus;
}
