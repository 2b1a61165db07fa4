{ lib, ... }:
{
  wayland.windowManager.sway = {
    enable = true;
    package = null;
    config = {
      modifier = "Mod4";
      terminal = "foot";
      menu = "fuzzel";
      input."*".xkb_layout = lib.mkDefault "gb";
      gaps.inner = 8;
      bars = [ ];
    };
  };
}
