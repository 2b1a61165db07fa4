{ config, ... }:
{
  services.restic.backups.backup = {
    initialize = true;
    repository = "sftp:backup@polaris:/srv/backup/${config.networking.hostName}";
    passwordFile = "/var/lib/secrets/restic";
    paths = [
      "/home"
      "/var/lib"
    ];
    extraBackupArgs = [
      "--exclude-caches"
      "--exclude-file=${../../assets/example/homelab-constructs/assets/excludes}"
    ];
    pruneOpts = [
      "--keep-daily 7"
      "--keep-weekly 5"
      "--keep-monthly 12"
    ];
    timerConfig = {
      OnCalendar = "daily";
      Persistent = true;
      RandomizedDelaySec = "1h";
    };
  };
}
