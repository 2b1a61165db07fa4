{ lib, pkgs, ... }:
{
  programs = {
    git.enable = true;
    vim.enable = true;
    bash.enable = true;
  };

  home = {
    packages = [
      pkgs.htop
      pkgs.wget
      pkgs.curl
    ];
    sessionVariables.EDITOR = lib.mkDefault "vim";
  };
}
