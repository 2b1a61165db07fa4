{ lib, pkgs, ... }:
{
  imports = [
    ../../assets/nix/linux/home.nix
    ../../modules/home/common.nix
  ];

  home = {
    stateVersion = "24.11";
    packages = [
      pkgs.powertop
      pkgs.brightnessctl
    ];
    sessionVariables.EDITOR = "nvim";
  };

  programs = {
    git.settings.user.email = lib.mkForce "ren@work.example";
    bash.initExtra = lib.mkAfter "[ -f ~/.bashrc.local ] && . ~/.bashrc.local";
  };
}
