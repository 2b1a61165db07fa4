{ ... }:
{
  imports = [
    ../../assets/hosts/my-laptop/home.nix
  ];

  home.stateVersion = "24.11";
}
