{ ... }:
{
  imports = [
    ../../assets/home/anna/home.nix
  ];

  home.stateVersion = "23.11";
}
