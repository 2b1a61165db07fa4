{
  lib,
  pkgs,
  osConfig,
  ...
}:
{
  wayland.windowManager.sway = {
    enable = true;
    package = null;
    config = {
      modifier = "Mod4";
      keybindings = {
        "Mod4+Return" = "exec foot";
        "Mod4+d" = "exec fuzzel";
        "Mod4+Shift+q" = "kill";
        "Mod4+Shift+c" = "reload";
        "Mod4+Shift+e" = "exec swaynag -t warning -m 'Leave Sway?' -B 'Yes' 'swaymsg exit'";
        "Mod4+Escape" = "exec loginctl lock-session";
        "Mod4+b" = "splith";
        "Mod4+v" = "splitv";
        "Mod4+w" = "layout tabbed";
        "Mod4+e" = "layout toggle split";
        "Mod4+f" = "fullscreen toggle";
        "Mod4+Shift+space" = "floating toggle";
        "Mod4+minus" = "scratchpad show";
        "Mod4+Shift+minus" = "move scratchpad";
        "Mod4+r" = "mode resize";
        Print = ''exec grim -g "$(slurp)" - | wl-copy'';
        "--locked XF86AudioRaiseVolume" = "exec wpctl set-volume @DEFAULT_AUDIO_SINK@ 5%+ --limit 1.0";
        "--locked XF86AudioLowerVolume" = "exec wpctl set-volume @DEFAULT_AUDIO_SINK@ 5%-";
        "--locked XF86AudioMute" = "exec wpctl set-mute @DEFAULT_AUDIO_SINK@ toggle";
        "--locked XF86AudioPlay" = "exec playerctl play-pause";
        "--locked XF86MonBrightnessUp" = "exec brightnessctl set 5%+";
        "--locked XF86MonBrightnessDown" = "exec brightnessctl set 5%-";
        "Mod4+h" = "focus left";
        "Mod4+Shift+h" = "move left";
        "Mod4+j" = "focus down";
        "Mod4+Shift+j" = "move down";
        "Mod4+k" = "focus up";
        "Mod4+Shift+k" = "move up";
        "Mod4+l" = "focus right";
        "Mod4+Shift+l" = "move right";
        "Mod4+1" = "workspace number 1";
        "Mod4+Shift+1" = "move container to workspace number 1";
        "Mod4+2" = "workspace number 2";
        "Mod4+Shift+2" = "move container to workspace number 2";
        "Mod4+3" = "workspace number 3";
        "Mod4+Shift+3" = "move container to workspace number 3";
        "Mod4+4" = "workspace number 4";
        "Mod4+Shift+4" = "move container to workspace number 4";
        "Mod4+5" = "workspace number 5";
        "Mod4+Shift+5" = "move container to workspace number 5";
        "Mod4+6" = "workspace number 6";
        "Mod4+Shift+6" = "move container to workspace number 6";
        "Mod4+7" = "workspace number 7";
        "Mod4+Shift+7" = "move container to workspace number 7";
        "Mod4+8" = "workspace number 8";
        "Mod4+Shift+8" = "move container to workspace number 8";
        "Mod4+9" = "workspace number 9";
        "Mod4+Shift+9" = "move container to workspace number 9";
      };
      modes.resize = {
        h = "resize shrink width 10 px";
        j = "resize grow height 10 px";
        k = "resize shrink height 10 px";
        l = "resize grow width 10 px";
        Escape = "mode default";
      };
      input = {
        "type:keyboard" = {
          xkb_layout = "us";
          xkb_variant = "altgr-intl";
          xkb_options = "caps:escape";
        };
        "type:touchpad" = {
          tap = "enabled";
          natural_scroll = "enabled";
          dwt = "enabled";
        };
      };
      output."*".bg = "#1e1e2e solid_color";
      fonts = {
        names = [ osConfig.desktop.monospace.name ];
        size = 10.5;
      };
      gaps = {
        inner = 6;
        smartGaps = true;
        smartBorders = "on";
      };
      window = {
        border = 2;
        titlebar = false;
      };
      floating.criteria = [
        { app_id = "pavucontrol"; }
        { app_id = "nm-connection-editor"; }
      ];
      colors = {
        background = "#1e1e2e";
        focused = {
          border = "#b4befe";
          childBorder = "#b4befe";
          background = "#1e1e2e";
          text = "#cdd6f4";
          indicator = "#f5e0dc";
        };
        focusedInactive = {
          border = "#6c7086";
          childBorder = "#6c7086";
          background = "#1e1e2e";
          text = "#cdd6f4";
          indicator = "#f5e0dc";
        };
        unfocused = {
          border = "#6c7086";
          childBorder = "#6c7086";
          background = "#1e1e2e";
          text = "#cdd6f4";
          indicator = "#f5e0dc";
        };
        urgent = {
          border = "#fab387";
          childBorder = "#fab387";
          background = "#1e1e2e";
          text = "#cdd6f4";
          indicator = "#f5e0dc";
        };
        placeholder = {
          border = "#6c7086";
          childBorder = "#6c7086";
          background = "#1e1e2e";
          text = "#cdd6f4";
          indicator = "#f5e0dc";
        };
      };
      bars = [ ];
      startup = [
        { command = "${pkgs.kdePackages.polkit-kde-agent-1}/libexec/polkit-kde-authentication-agent-1"; }
      ];
    };
  };

  programs = {
    fuzzel = {
      enable = true;
      settings = {
        main = {
          font = "${osConfig.desktop.monospace.name}:size=12";
          terminal = "foot";
          layer = "overlay";
        };
        colors = {
          background = "1e1e2ef0";
          text = "cdd6f4ff";
          match = "cba6f7ff";
          selection = "45475aff";
          selection-text = "cdd6f4ff";
          border = "b4befeff";
        };
      };
    };
    swaylock = {
      enable = true;
      settings = {
        color = "1e1e2e";
        inside-color = "181825";
        ring-color = "b4befe";
        key-hl-color = "a6e3a1";
        text-color = "cdd6f4";
        ring-wrong-color = "f38ba8";
        show-failed-attempts = true;
      };
    };
    waybar = {
      enable = true;
      systemd = {
        enable = true;
        targets = [ "sway-session.target" ];
      };
      settings.main = {
        layer = "top";
        height = 28;
        modules-left = [
          "sway/workspaces"
          "sway/mode"
        ];
        modules-center = [ "clock" ];
        modules-right = [
          "tray"
          "network"
          "pulseaudio"
          "battery"
        ];
        clock = {
          format = "{:%a %d %b  %H:%M}";
          tooltip-format = "<tt>{calendar}</tt>";
        };
        network = {
          format-wifi = "{essid}";
          format-ethernet = "wired";
          format-disconnected = "offline";
        };
        pulseaudio = {
          format = "vol {volume}%";
          format-muted = "muted";
          on-click = "pavucontrol";
        };
        battery = {
          format = "bat {capacity}%";
          states = {
            warning = 25;
            critical = 10;
          };
        };
      };
      style = ''
        * {
          font-family: "${osConfig.desktop.monospace.name}";
          font-size: 13px;
          min-height: 0;
        }

        window#waybar {
          background: #1e1e2e;
          color: #cdd6f4;
        }

        #workspaces button.focused {
          color: #1e1e2e;
          background: #b4befe;
        }

        #tray, #network, #pulseaudio, #battery {
          padding: 0 10px;
        }

        #battery.critical {
          color: #f38ba8;
        }
      '';
    };
  };

  services = {
    mako = {
      enable = true;
      settings = {
        font = "${osConfig.desktop.monospace.name} 11";
        background-color = "#1e1e2e";
        text-color = "#cdd6f4";
        border-color = "#b4befe";
        border-radius = 6;
        default-timeout = 6000;
        "urgency=critical" = {
          border-color = "#f38ba8";
          default-timeout = 0;
        };
      };
    };
    swayidle = {
      enable = true;
      systemdTargets = [ "sway-session.target" ];
      events = {
        before-sleep = "${lib.getExe pkgs.swaylock} --daemonize";
        lock = "${lib.getExe pkgs.swaylock} --daemonize";
      };
      timeouts = [
        {
          timeout = 300;
          command = "${lib.getExe pkgs.swaylock} --daemonize";
        }
        {
          timeout = 600;
          command = ''swaymsg "output * power off"'';
          resumeCommand = ''swaymsg "output * power on"'';
        }
      ];
    };
  };

  home.packages = [
    pkgs.brightnessctl
    pkgs.grim
    pkgs.pavucontrol
    pkgs.playerctl
    pkgs.slurp
    pkgs.wl-clipboard
  ];
}
