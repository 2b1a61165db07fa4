{ pkgs, ... }:
{
  programs = {
    bat.enable = true;
    btop.enable = true;
    eza = {
      enable = true;
      git = true;
      icons = "auto";
    };
    fd.enable = true;
    ripgrep.enable = true;
    tmux = {
      enable = true;
      mouse = true;
      keyMode = "vi";
      terminal = "tmux-256color";
    };
    home-manager.enable = true;
  };

  home.packages = [
    pkgs.just
    pkgs.jq
  ];
}
