{ ... }:
{
  programs = {
    hyprland.enable = true;
    hyprlock.enable = true;
  };
}
