{ config, ... }:
{
  boot = {
    kernelModules = [ "v4l2loopback" ];
    extraModulePackages = [ config.boot.kernelPackages.v4l2loopback ];
    extraModprobeConfig = ''options v4l2loopback card_label="OBS Camera" exclusive_caps=1'';
  };
}
