{ ... }:
{
  imports = [
    ../../assets/modules/common.nix
    ./configuration.nix
    ../../modules/nixos/home-manager.nix
  ];

  networking.hostName = "my-host";
  nixpkgs.hostPlatform = "x86_64-linux";
  system.stateVersion = "24.11";

  users.users = {
    alice = {
      isNormalUser = true;
      extraGroups = [ "wheel" ];
    };
    bob.isNormalUser = true;
  };

  home-manager.users = {
    alice = ../../home/alice/my-host.nix;
    bob = ../../home/bob;
  };
}
