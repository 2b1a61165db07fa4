{ ... }:
{
  programs.sway.enable = true;
}
