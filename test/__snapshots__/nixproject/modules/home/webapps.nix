{ lib, pkgs, ... }:
{
  xdg.desktopEntries = {
    grafana = {
      name = "Grafana";
      comment = "Graphs and alerts";
      exec = "${lib.getExe pkgs.chromium} --app=https://grafana.home.example.net";
      icon = "grafana";
      categories = [ "System" ];
      settings.StartupWMClass = "chrome-grafana.home.example.net__-Default";
    };
    home-assistant = {
      name = "Home Assistant";
      comment = "Lights and heating";
      exec = "${lib.getExe pkgs.chromium} --app=https://home-assistant.home.example.net";
      icon = "home-assistant";
      categories = [ "Utility" ];
      settings.StartupWMClass = "chrome-home-assistant.home.example.net__-Default";
    };
    immich = {
      name = "Immich";
      comment = "Photos";
      exec = "${lib.getExe pkgs.chromium} --app=https://immich.home.example.net";
      icon = "immich";
      categories = [ "Graphics" ];
      settings.StartupWMClass = "chrome-immich.home.example.net__-Default";
    };
    linkwarden = {
      name = "Linkwarden";
      comment = "Bookmarks";
      exec = "${lib.getExe pkgs.chromium} --app=https://linkwarden.home.example.net";
      icon = "linkwarden";
      categories = [ "Network" ];
      settings.StartupWMClass = "chrome-linkwarden.home.example.net__-Default";
    };
    miniflux = {
      name = "Miniflux";
      comment = "Feeds";
      exec = "${lib.getExe pkgs.chromium} --app=https://miniflux.home.example.net";
      icon = "miniflux";
      categories = [ "Network" ];
      settings.StartupWMClass = "chrome-miniflux.home.example.net__-Default";
    };
    paperless = {
      name = "Paperless";
      comment = "Scanned documents";
      exec = "${lib.getExe pkgs.chromium} --app=https://paperless.home.example.net";
      icon = "paperless";
      categories = [ "Office" ];
      settings.StartupWMClass = "chrome-paperless.home.example.net__-Default";
    };
  };
}
