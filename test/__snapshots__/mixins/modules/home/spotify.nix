{ pkgs, ... }:
{
  home.packages = [ pkgs.spotify ];
}
