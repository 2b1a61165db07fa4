{
  config,
  lib,
  pkgs,
  ...
}:
let
  cfg = config.desktop.monospace;
in
{
  options.desktop.monospace = {
    name = lib.mkOption {
      type = lib.types.str;
      default = "JetBrainsMono Nerd Font";
      description = "The font of terminals, bars and menus.";
    };
    package = lib.mkPackageOption pkgs [ "nerd-fonts" "jetbrains-mono" ] { };
  };

  config = {
    services = {
      displayManager.sddm = {
        enable = true;
        wayland.enable = true;
      };
      desktopManager.plasma6.enable = true;
      pipewire = {
        enable = true;
        alsa = {
          enable = true;
          support32Bit = true;
        };
        pulse.enable = true;
        jack.enable = true;
      };
      gnome.gnome-keyring.enable = true;
    };
    programs.sway = {
      enable = true;
      wrapperFeatures.gtk = true;
    };
    environment.plasma6.excludePackages = [ pkgs.kdePackages.elisa ];
    security.rtkit.enable = true;
    hardware.bluetooth.enable = true;
    fonts = {
      packages = [
        pkgs.inter
        pkgs.noto-fonts
        pkgs.noto-fonts-cjk-sans
        pkgs.noto-fonts-color-emoji
        cfg.package
      ];
      fontconfig.defaultFonts = {
        sansSerif = [
          "Inter"
          "Noto Sans"
        ];
        serif = [ "Noto Serif" ];
        monospace = [ cfg.name ];
      };
    };
  };
}
