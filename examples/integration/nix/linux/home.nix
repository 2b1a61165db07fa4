# Ren's home on Linux, switched with `home-manager switch` before there was a flake for the machines.
{ pkgs, ... }:

{
  imports = [
    ../common/git.nix
    ./shell.nix
  ];

  home.username = "ren";
  home.homeDirectory = "/home/ren";
  home.stateVersion = "24.11";

  home.packages = with pkgs; [
    ripgrep
    fd
  ];

  home.file.".config/vim/vimrc".source = ../common/vimrc;
}
