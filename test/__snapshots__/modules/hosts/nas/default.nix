{ ... }:
{
  imports = [
    ../../modules/nixos/my-module.nix
    ../../modules/nixos/photo-backup.nix
    ../../modules/nixos/home-manager.nix
  ];

  networking.hostName = "nas";
  nixpkgs.hostPlatform = "x86_64-linux";
  system.stateVersion = "26.05";
  boot.loader.systemd-boot.enable = true;

  fileSystems."/" = {
    device = "/dev/disk/by-label/nixos";
    fsType = "ext4";
  };

  myModule.enable = true;

  services.photoBackup = {
    enable = true;
    repository = "/mnt/backup/photos";
    passwordFile = "/run/keys/photo-backup";
    folders = [ "/srv/photos" ];
    compression = "max";
  };

  users.users.anna.isNormalUser = true;

  home-manager = {
    sharedModules = [ ../../modules/home/photo-backup.nix ];
    users.anna = ../../home/anna;
  };
}
