{ ... }:
{
  imports = [
    ../../modules/home/git.nix
    ../../modules/home/editor.nix
    ../../modules/home/terminal.nix
    ../../modules/home/fish.nix
  ];

  home.stateVersion = "26.05";
}
