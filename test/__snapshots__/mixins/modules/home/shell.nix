{ lib, pkgs, ... }:
{
  home.shellAliases = {
    ls = "eza";
    cat = "bat --paging=never";
  };

  programs = {
    fish.enable = true;
    man.generateCaches = lib.mkIf pkgs.stdenv.hostPlatform.isDarwin false;
    starship.enable = true;
    direnv = {
      enable = true;
      nix-direnv.enable = true;
    };
    fzf.enable = true;
    zoxide.enable = true;
  };
}
