{ ... }:
{
  services.jellyfin = {
    enable = true;
    openFirewall = true;
  };

  hardware.graphics.enable = true;
}
