{
  config,
  lib,
  pkgs,
  ...
}:
let
  cfg = config.programs.photoBackup;
in
{
  options.programs.photoBackup.enable = lib.mkEnableOption "the command photo-backups";
  config = lib.mkIf cfg.enable {
    home.packages = [ (pkgs.writeShellScriptBin "photo-backups" "systemctl list-timers photo-backup") ];
  };
}
