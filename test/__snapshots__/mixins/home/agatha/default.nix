{ pkgs, ... }:
{
  imports = [
    ../../modules/home/nixpkgs.nix
  ];

  home = {
    username = "agatha";
    homeDirectory = "/home/agatha";
    stateVersion = "26.05";
    packages = [
      pkgs.libreoffice
      pkgs.hunspell
    ];
  };
}
