{ pkgs, ... }:
{
  imports = [
    ../../modules/darwin/laptop.nix
    ../../modules/darwin/terminal.nix
    ../../modules/darwin/fish.nix
    ../../modules/darwin/home-manager.nix
  ];

  networking.hostName = "unremarkable-macbook-pro";
  nixpkgs.hostPlatform = "aarch64-darwin";

  system = {
    stateVersion = 7;
    primaryUser = "drew";
  };

  home-manager = {
    backupFileExtension = ".hm.bak";
    users.drew = ../../home/drew;
  };

  users.users.drew = {
    home = "/Users/drew";
    uid = 501;
    shell = pkgs.fish;
  };
}
