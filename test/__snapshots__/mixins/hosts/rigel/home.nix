{ ... }:
{
  imports = [
    ../../modules/home/fish.nix
    ../../modules/home/shell.nix
    ../../modules/home/tools.nix
    ../../modules/home/backup.nix
  ];
}
