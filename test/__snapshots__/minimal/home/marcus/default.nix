{ ... }:
{
  imports = [
    ../../modules/home/git.nix
    ../../modules/home/shell.nix
    ../../modules/home/docker.nix
  ];

  home.stateVersion = "26.05";
}
