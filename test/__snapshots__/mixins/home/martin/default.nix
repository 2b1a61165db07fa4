{ ... }:
{
  imports = [
    ../../modules/home/nixpkgs.nix
    ../../modules/home/git.nix
  ];

  home = {
    username = "martin";
    homeDirectory = "/home/martin";
    stateVersion = "26.05";
  };
}
