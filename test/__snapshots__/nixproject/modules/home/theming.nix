{ config, pkgs, ... }:
{
  gtk = {
    enable = true;
    colorScheme = "dark";
    font = {
      name = "Inter";
      size = 11;
    };
    theme = {
      name = "adw-gtk3-dark";
      package = pkgs.adw-gtk3;
    };
    iconTheme = {
      name = "Papirus-Dark";
      package = pkgs.papirus-icon-theme;
    };
    gtk3.extraCss = ''
      @define-color accent_color #cba6f7;
      @define-color accent_bg_color #cba6f7;
      @define-color accent_fg_color #11111b;
      @define-color destructive_color #f38ba8;
      @define-color success_color #a6e3a1;
      @define-color warning_color #f9e2af;
      @define-color window_bg_color #1e1e2e;
      @define-color window_fg_color #cdd6f4;
      @define-color view_bg_color #181825;
      @define-color view_fg_color #cdd6f4;
      @define-color headerbar_bg_color #181825;
      @define-color headerbar_fg_color #cdd6f4;
      @define-color sidebar_bg_color #11111b;
      @define-color card_bg_color #313244;
      @define-color popover_bg_color #313244;
    '';
    gtk4.extraCss = config.gtk.gtk3.extraCss;
  };

  qt = {
    enable = true;
    style.name = "kvantum";
    kvantum = {
      enable = true;
      themes = [
        (pkgs.catppuccin-kvantum.override {
          variant = "mocha";
          accent = "mauve";
        })
      ];
      settings.General.theme = "catppuccin-mocha-mauve";
    };
  };

  home.pointerCursor = {
    enable = true;
    package = pkgs.catppuccin-cursors.mochaDark;
    name = "catppuccin-mocha-dark-cursors";
    size = 24;
    gtk.enable = true;
    sway.enable = true;
  };

  programs = {
    bat.config.theme = "Catppuccin Mocha";
    tmux.extraConfig = ''
      set -g status-style "bg=#181825,fg=#cdd6f4"
      set -g status-left "#[fg=#1e1e2e,bg=#b4befe,bold] #S #[default] "
      set -g status-right "#[fg=#a6adc8]%a %H:%M "
      set -g window-status-current-style "fg=#cba6f7,bold"
      set -g pane-border-style "fg=#45475a"
      set -g pane-active-border-style "fg=#b4befe"
    '';
  };
}
