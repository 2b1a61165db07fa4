{ ... }:
{
  imports = [
    ../../modules/home/home.nix
    ../../modules/home/git.nix
    ../../modules/home/ghostty.nix
    ../../modules/home/nixvim.nix
    ../../modules/home/packages.nix
    ../../modules/home/sh.nix
  ];

  home = {
    username = "ian";
    homeDirectory = "/home/ian";
    stateVersion = "26.05";
  };
}
