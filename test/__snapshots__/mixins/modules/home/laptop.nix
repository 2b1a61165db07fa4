{ pkgs, ... }:
{
  home.packages = [
    pkgs.brightnessctl
    pkgs.bluetui
  ];
}
