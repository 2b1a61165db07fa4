{ ... }:
{
  home.stateVersion = "26.05";
  programs.photoBackup.enable = true;
}
