{ pkgs, ... }:
{
  home.packages = [
    pkgs.ripgrep
    pkgs.fd
    pkgs.jq
    pkgs.tree
    pkgs.lazydocker
    pkgs.nodejs
    pkgs.firefox
    pkgs.wl-clipboard
  ];
}
