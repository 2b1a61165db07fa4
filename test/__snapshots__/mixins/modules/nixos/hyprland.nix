{ ... }:
{
  programs.hyprland.enable = true;
}
