{ pkgs, ... }:
{
  programs.helix = {
    enable = true;
    defaultEditor = true;
    extraPackages = [ pkgs.nixd ];
    settings = {
      theme = "catppuccin_mocha";
      editor.line-number = "relative";
    };
  };
}
