{ pkgs, user, ... }:
{
  imports = [ ./hardware-configuration.nix ];

  networking.hostName = "desk";
  time.timeZone = "Europe/Berlin";
  services.openssh.enable = true;
  programs.zsh.enable = true;
  my.printing = true;

  users.users.${user} = {
    isNormalUser = true;
    extraGroups = [ "wheel" ];
    shell = pkgs.zsh;
  };

  environment.systemPackages = [ pkgs.greeting ];

  system.stateVersion = "23.11";
}
