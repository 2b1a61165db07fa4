{ ... }:
{
  imports = [
    ../../assets/modules/common.nix
    ./hardware-configuration.nix
    ../../modules/nixos/home-manager.nix
  ];

  networking = {
    hostName = "my-laptop";
    networkmanager.enable = true;
  };

  nixpkgs.hostPlatform = "x86_64-linux";
  system.stateVersion = "24.11";

  boot.loader = {
    systemd-boot.enable = true;
    efi.canTouchEfiVariables = true;
  };

  users.users = {
    alice = {
      isNormalUser = true;
      extraGroups = [
        "wheel"
        "networkmanager"
      ];
    };
    ren = {
      isNormalUser = true;
      extraGroups = [ "networkmanager" ];
    };
  };

  home-manager.users = {
    alice = ../../home/alice/my-laptop.nix;
    ren = ../../home/ren;
  };
}
