{ pkgs, user, ... }:
{
  imports = [ ./hardware-configuration.nix ];

  networking.hostName = "nas";
  time.timeZone = "Europe/Berlin";
  services.openssh.enable = true;

  users.users.${user} = {
    isNormalUser = true;
    extraGroups = [ "wheel" ];
  };

  system.stateVersion = "23.11";
}
