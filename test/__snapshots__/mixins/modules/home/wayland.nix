{ pkgs, ... }:
{
  home.packages = [
    pkgs.wl-clipboard
    pkgs.grim
    pkgs.slurp
  ];

  programs = {
    foot = {
      enable = true;
      settings = {
        main.font = "monospace:size=11";
        scrollback.lines = 10000;
      };
    };
    fuzzel.enable = true;
    waybar = {
      enable = true;
      systemd.enable = true;
      settings.main = {
        layer = "top";
        modules-left = [
          "hyprland/workspaces"
          "sway/workspaces"
        ];
        modules-center = [ "clock" ];
        modules-right = [
          "network"
          "battery"
          "tray"
        ];
      };
    };
  };

  services.mako = {
    enable = true;
    settings.default-timeout = 5000;
  };
}
