{ ... }:
{
  imports = [
    ../../assets/home.nix
  ];

  home.stateVersion = "25.05";
}
