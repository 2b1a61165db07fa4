{ ... }:
{
  imports = [
    ../../modules/home/cli.nix
    ../../modules/home/git.nix
    ../../modules/home/xdg.nix
  ];

  home = {
    username = "ham";
    homeDirectory = "/home/ham";
    stateVersion = "26.05";
  };
}
