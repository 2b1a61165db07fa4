{ ... }:
{
  imports = [
    ./configuration.nix
    ../../assets/modules/printing.nix
    ../../modules/nixos/nixpkgs.nix
    ../../modules/nixos/home-manager.nix
  ];

  nixpkgs.hostPlatform = "x86_64-linux";
  system.stateVersion = "23.11";
  users.users.anna.isNormalUser = true;
  home-manager.users.anna = ../../home/anna;
}
