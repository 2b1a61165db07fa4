{
  config,
  lib,
  pkgs,
  ...
}:
let
  cfg = config.services.photoBackup;
in
{
  options.services.photoBackup = {
    enable = lib.mkEnableOption "nightly backups of photos";
    package = lib.mkPackageOption pkgs "restic" { };
    repository = lib.mkOption {
      type = lib.types.str;
      description = "Where the backups go.";
      example = "sftp:nas:/srv/photos";
    };
    passwordFile = lib.mkOption {
      type = lib.types.path;
      description = "The file that holds the password of the repository.";
    };
    folders = lib.mkOption {
      type = lib.types.listOf lib.types.path;
      default = [ ];
      description = "What is backed up.";
    };
    keep = lib.mkOption {
      type = lib.types.ints.positive;
      default = 14;
      description = "How many backups are kept.";
    };
    compression = lib.mkOption {
      type = lib.types.enum [
        "auto"
        "max"
        "off"
      ];
      default = "auto";
      description = "How much time is spent on making backups small.";
    };
  };

  config = lib.mkIf cfg.enable {
    assertions = [
      {
        assertion = cfg.folders != [ ];
        message = "services.photoBackup.folders says what to back up";
      }
    ];
    systemd.services.photo-backup = {
      description = "Backup of photos";
      startAt = "daily";
      environment = {
        RESTIC_REPOSITORY = cfg.repository;
        RESTIC_PASSWORD_FILE = cfg.passwordFile;
      };
      script = ''
        ${lib.getExe cfg.package} backup --compression ${cfg.compression} ${lib.escapeShellArgs cfg.folders}
        ${lib.getExe cfg.package} forget --prune --keep-daily ${toString cfg.keep}
      '';
    };
  };
}
