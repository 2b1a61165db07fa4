{ pkgs, ... }:
{
  programs.lazydocker.enable = true;
  home.packages = [ pkgs.docker-compose ];
}
