{ pkgs, ... }:
{
  programs.obs-studio = {
    enable = true;
    plugins = [
      pkgs.obs-studio-plugins.wlrobs
      pkgs.obs-studio-plugins.obs-pipewire-audio-capture
    ];
  };

  services.easyeffects = {
    enable = true;
    preset = "microphone";
    extraPresets.microphone.input = {
      blocklist = [ ];
      plugins_order = [ "rnnoise#0" ];
      "rnnoise#0" = {
        bypass = false;
        enable-vad = true;
        vad-thres = 50;
      };
    };
  };

  home.packages = [
    pkgs.audacity
    pkgs.mixxx
  ];
}
