{ ... }:
{
  imports = [
    ../../modules/home/fish.nix
    ../../modules/home/shell.nix
    ../../modules/home/tools.nix
    ../../modules/home/sound.nix
    ../../modules/home/firefox.nix
    ../../modules/home/backup.nix
    ../../modules/home/hyprland.nix
    ../../modules/home/wayland.nix
    ../../modules/home/obs.nix
    ../../modules/home/spotify.nix
  ];
}
