{ pkgs, ... }:
{
  services = {
    desktopManager.plasma6.enable = true;
    printing.enable = true;
  };

  environment.plasma6.excludePackages = [ pkgs.kdePackages.elisa ];
}
