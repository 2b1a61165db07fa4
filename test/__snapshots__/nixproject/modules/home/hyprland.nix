{ ... }:
{
  wayland.windowManager.hyprland = {
    enable = true;
    package = null;
    portalPackage = null;
    settings = {
      config = {
        general = {
          gaps_in = 4;
          gaps_out = 8;
          border_size = 2;
          col = {
            active_border = {
              colors = [
                "rgb(cba6f7)"
                "rgb(b4befe)"
              ];
              angle = 45;
            };
            inactive_border = "rgb(313244)";
          };
        };
        decoration = {
          rounding = 8;
          blur = {
            enabled = true;
            size = 6;
          };
        };
        input = {
          kb_layout = "us";
          kb_variant = "altgr-intl";
          kb_options = "caps:escape";
          touchpad.natural_scroll = true;
        };
        misc = {
          disable_hyprland_logo = true;
          background_color = "rgb(1e1e2e)";
        };
      };
      monitor = {
        output = "";
        mode = "preferred";
        position = "auto";
        scale = "auto";
      };
      gesture = {
        fingers = 3;
        direction = "horizontal";
        action = "workspace";
      };
    };
    extraConfig = builtins.readFile ../../assets/home/hyprland.lua;
  };

  programs = {
    hyprlock = {
      enable = true;
      package = null;
      settings = {
        auth.fingerprint.enabled = true;
        background.color = "rgb(1e1e2e)";
        input-field = {
          outer_color = "rgb(b4befe)";
          inner_color = "rgb(313244)";
          font_color = "rgb(cdd6f4)";
          fail_color = "rgb(f38ba8)";
          fade_on_empty = false;
        };
      };
    };
    waybar = {
      systemd.targets = [ "hyprland-session.target" ];
      settings.main.modules-left = [ "hyprland/workspaces" ];
    };
  };

  services.hypridle = {
    enable = true;
    systemdTarget = "hyprland-session.target";
    settings = {
      general = {
        lock_cmd = "pidof hyprlock || hyprlock";
        before_sleep_cmd = "loginctl lock-session";
      };
      listener = [
        {
          timeout = 300;
          on-timeout = "loginctl lock-session";
        }
        {
          timeout = 1800;
          on-timeout = "systemctl suspend";
        }
      ];
    };
  };
}
