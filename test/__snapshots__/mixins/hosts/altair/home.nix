{ ... }:
{
  imports = [
    ../../modules/home/fish.nix
    ../../modules/home/shell.nix
    ../../modules/home/tools.nix
    ../../modules/home/sound.nix
    ../../modules/home/firefox.nix
    ../../modules/home/backup.nix
    ../../modules/home/plasma.nix
    ../../modules/home/spotify.nix
  ];
}
