{ ... }:
{
  imports = [
    ../../hosts/my-host/home/alice.nix
  ];

  home.stateVersion = "24.11";
}
