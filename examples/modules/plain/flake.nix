{
  description = "A flake that knows nothing of cdknix, and uses a module that was written with it";

  inputs = {
    nixpkgs.url = "github:NixOS/nixpkgs/nixos-26.05";
    ours.url = "path:../nix";
    ours.inputs.nixpkgs.follows = "nixpkgs";
  };

  outputs =
    { nixpkgs, ours, ... }:
    {
      nixosConfigurations.plain = nixpkgs.lib.nixosSystem {
        system = "x86_64-linux";
        modules = [
          ours.nixosModules.my-module
          ours.nixosModules.photo-backup
          {
            boot.loader.systemd-boot.enable = true;
            fileSystems."/" = {
              device = "/dev/disk/by-label/nixos";
              fsType = "ext4";
            };
            system.stateVersion = "26.05";

            myModule.enable = true;
            services.photoBackup = {
              enable = true;
              repository = "sftp:nas:/srv/photos";
              passwordFile = "/run/keys/photo-backup";
              folders = [ "/home/ben/photos" ];
            };
          }
        ];
      };
    };
}
