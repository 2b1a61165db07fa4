{ ... }:
{
  imports = [
    ../../modules/home/nixpkgs.nix
    ../../modules/home/fish.nix
    ../../modules/home/shell.nix
    ../../modules/home/tools.nix
    ../../modules/home/backup.nix
    ../../modules/home/git.nix
  ];

  home = {
    username = "martin";
    homeDirectory = "/home/martin";
    stateVersion = "26.05";
  };
}
