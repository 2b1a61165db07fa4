{ pkgs, ... }:
{
  homebrew = {
    enable = true;
    casks = [ "ghostty" ];
  };

  fonts.packages = [ pkgs.nerd-fonts.jetbrains-mono ];
}
