# /etc/nixos/configuration.nix, as the installer left it and its owner has changed it since.
{ pkgs, fqdn, ... }:

{
  imports = [ ./hardware-configuration.nix ];

  boot.loader.systemd-boot.enable = true;
  boot.loader.efi.canTouchEfiVariables = true;

  time.timeZone = "Europe/Amsterdam";

  # `fqdn` is a module argument: main.ts makes it of two options.
  services.caddy = {
    enable = true;
    virtualHosts.${fqdn}.extraConfig = ''
      root * /srv/www
      file_server
    '';
  };
  networking.firewall.allowedTCPPorts = [
    80
    443
  ];

  environment.systemPackages = [ pkgs.vim ];

  system.stateVersion = "25.05";
}
