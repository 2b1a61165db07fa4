{ pkgs, ... }:
{
  imports = [
    ../../modules/home/common.nix
  ];

  home = {
    stateVersion = "24.11";
    packages = [ pkgs.firefox ];
  };

  programs.git.settings.user = {
    name = "Bob";
    email = "bob@example.com";
  };
}
