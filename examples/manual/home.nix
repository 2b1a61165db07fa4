# jdoe's home, as it was before the flake.
{
  inputs,
  pkgs,
  wallpaper,
  ...
}:

{
  home.packages = [ pkgs.hello ];

  programs.git = {
    enable = true;
    settings.user = {
      name = "Jane Doe";
      email = "jdoe@example.org";
    };
  };

  # `inputs` and `wallpaper` come by extraSpecialArgs.
  nix.registry.nixpkgs.flake = inputs.nixpkgs;
  xdg.dataFile."backgrounds/wallpaper.svg".source = wallpaper;

  home.stateVersion = "25.05";
}
