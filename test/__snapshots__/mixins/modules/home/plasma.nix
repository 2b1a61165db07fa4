{ ... }:
{
  services.kdeconnect.enable = true;
}
