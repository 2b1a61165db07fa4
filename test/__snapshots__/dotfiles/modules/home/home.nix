{ ... }:
{
  programs.home-manager.enable = true;
}
