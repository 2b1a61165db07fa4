# Alice on the laptop: what she has on my-host, and what is for a screen.
{ pkgs, ... }:

{
  imports = [ ../my-host/home/alice.nix ];

  programs.mpv.enable = true;
  home.packages = [ pkgs.libreoffice ];
}
