{ config, ... }:
{
  imports = [
    ../../assets/configuration.nix
    ../../modules/nixos/home-manager.nix
  ];

  networking = {
    hostName = "hostname";
    domain = "example.org";
  };

  nixpkgs.hostPlatform = "x86_64-linux";
  system.stateVersion = "25.05";
  _module.args.fqdn = "${config.networking.hostName}.${config.networking.domain}";

  home-manager = {
    sharedModules = [ ../../assets/shared.nix ];
    users.jdoe = ../../home/jdoe;
  };

  users.users.jdoe = {
    isNormalUser = true;
    extraGroups = [ "wheel" ];
  };
}
