{ osConfig, ... }:
{
  programs = {
    foot = {
      enable = true;
      settings = {
        main = {
          font = "${osConfig.desktop.monospace.name}:size=11";
          pad = "8x8";
        };
        scrollback.lines = 20000;
        cursor.style = "beam";
        mouse.hide-when-typing = "yes";
        colors-dark = {
          foreground = "cdd6f4";
          background = "1e1e2e";
          selection-foreground = "cdd6f4";
          selection-background = "585b70";
          urls = "89b4fa";
          regular0 = "45475a";
          regular1 = "f38ba8";
          regular2 = "a6e3a1";
          regular3 = "f9e2af";
          regular4 = "89b4fa";
          regular5 = "f5c2e7";
          regular6 = "94e2d5";
          regular7 = "bac2de";
          bright0 = "585b70";
          bright1 = "f38ba8";
          bright2 = "a6e3a1";
          bright3 = "f9e2af";
          bright4 = "89b4fa";
          bright5 = "f5c2e7";
          bright6 = "94e2d5";
          bright7 = "a6adc8";
        };
      };
    };
    tmux = {
      enable = true;
      terminal = "tmux-256color";
      escapeTime = 0;
      focusEvents = true;
      extraConfig = builtins.readFile ../../assets/home/tmux.conf;
    };
  };
}
