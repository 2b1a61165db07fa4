{ pkgs, ... }:
{
  home.packages = [ pkgs.restic ];
}
