{ pkgs, ... }:
{
  programs = {
    firefox = {
      enable = true;
      policies = {
        DisableTelemetry = true;
        DisablePocket = true;
        OfferToSaveLogins = false;
        ExtensionSettings = {
          "uBlock0@raymondhill.net" = {
            installation_mode = "force_installed";
            install_url = "https://addons.mozilla.org/firefox/downloads/latest/ublock-origin/latest.xpi";
          };
          "{446900e4-71c2-419f-a6a7-df9c091e268b}" = {
            installation_mode = "force_installed";
            install_url = "https://addons.mozilla.org/firefox/downloads/latest/bitwarden-password-manager/latest.xpi";
          };
          "vimium-c@gdh1995.cn" = {
            installation_mode = "force_installed";
            install_url = "https://addons.mozilla.org/firefox/downloads/latest/vimium-c/latest.xpi";
          };
        };
      };
      profiles.marcus = {
        search = {
          default = "ddg";
          force = true;
        };
        settings = {
          "browser.aboutConfig.showWarning" = false;
          "browser.startup.page" = 3;
          "dom.security.https_only_mode" = true;
          "media.ffmpeg.vaapi.enabled" = true;
          "privacy.trackingprotection.enabled" = true;
        };
      };
    };
    joplin-desktop = {
      enable = true;
      sync = {
        target = "nextcloud";
        interval = "10m";
      };
    };
    mpv = {
      enable = true;
      config = {
        hwdec = "auto-safe";
        save-position-on-quit = true;
      };
    };
    zathura = {
      enable = true;
      options = {
        selection-clipboard = "clipboard";
        recolor = true;
      };
    };
  };

  services.jellyfin-mpv-shim.enable = true;

  home.packages = [
    pkgs.zoom-us
    pkgs.libreoffice
    pkgs.imv
  ];

  xdg = {
    userDirs = {
      enable = true;
      createDirectories = true;
    };
    mimeApps = {
      enable = true;
      defaultApplications = {
        "text/html" = "firefox.desktop";
        "x-scheme-handler/http" = "firefox.desktop";
        "x-scheme-handler/https" = "firefox.desktop";
        "application/pdf" = "org.pwmt.zathura.desktop";
        "image/jpeg" = "imv.desktop";
        "image/png" = "imv.desktop";
        "image/webp" = "imv.desktop";
        "audio/flac" = "mpv.desktop";
        "audio/mpeg" = "mpv.desktop";
        "video/mp4" = "mpv.desktop";
        "video/x-matroska" = "mpv.desktop";
      };
    };
  };
}
