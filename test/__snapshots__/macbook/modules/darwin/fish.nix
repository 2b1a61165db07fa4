{ pkgs, ... }:
{
  programs.fish.enable = true;
  environment.shells = [ pkgs.fish ];
  users.knownUsers = [ "drew" ];
}
