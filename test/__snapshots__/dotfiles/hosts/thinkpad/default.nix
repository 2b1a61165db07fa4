{ ... }:
{
  imports = [
    ../../assets/nixos/hardware-configuration.nix
    ../../modules/nixos/configuration.nix
  ];

  networking.hostName = "thinkpad";
  nixpkgs.hostPlatform = "x86_64-linux";
  system.stateVersion = "26.05";
}
