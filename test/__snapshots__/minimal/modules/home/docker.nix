{ pkgs, ... }:
{
  home.packages = [ pkgs.lazydocker ];
}
