{ pkgs, ... }:
{
  imports = [ ./git.nix ];

  home = {
    username = "anna";
    homeDirectory = "/home/anna";
    packages = [ pkgs.ripgrep ];
    stateVersion = "23.11";
  };
}
