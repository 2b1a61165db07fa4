{ ... }:
{
  imports = [
    ../../modules/home/git.nix
    ../../modules/home/nixpkgs.nix
  ];

  home = {
    username = "martin";
    homeDirectory = "/home/martin";
    stateVersion = "26.05";
  };
}
