# What all hosts have in common.
{ pkgs, ... }:

{
  nix.settings.experimental-features = [
    "nix-command"
    "flakes"
  ];

  time.timeZone = "Europe/Berlin";
  environment.systemPackages = [ pkgs.git ];
  services.openssh.enable = true;
}
