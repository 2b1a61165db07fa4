# What the real types of a module system take, for the differential test.
{ realworld, class }:
let
  flake = name: builtins.getFlake "path:${realworld}/${name}";
  nixpkgs = flake "nixpkgs";
  home-manager = flake "home-manager";
  nix-darwin = flake "nix-darwin";
  inherit (nixpkgs) lib;
  pkgsFor = system: nixpkgs.legacyPackages.${system};

  options =
    {
      nixos =
        (lib.nixosSystem {
          modules = [
            home-manager.nixosModules.home-manager
            { nixpkgs.pkgs = pkgsFor "x86_64-linux"; }
          ];
        }).options;
      darwin =
        (nix-darwin.lib.evalConfig {
          inherit lib;
          enableNixpkgsReleaseCheck = false;
          modules = [
            home-manager.darwinModules.home-manager
            { _module.args.pkgs = lib.mkForce (pkgsFor "aarch64-darwin"); }
          ];
        }).options;
      home =
        (home-manager.lib.homeManagerConfiguration {
          pkgs = pkgsFor "x86_64-linux";
          modules = [
            {
              _module.args.pkgs = lib.mkForce (pkgsFor "x86_64-linux");
              home = {
                username = "user";
                homeDirectory = "/home/user";
                stateVersion = "26.05";
                enableNixpkgsReleaseCheck = false;
              };
            }
            (
              let
                file = "${home-manager}/modules/services-modular";
              in
              {
                # It is made of modules of nixpkgs that the stand-in lacks.
                _file = file;
                disabledModules = [ file ];
              }
            )
          ];
        }).options;
    }
    .${class};
in
import ./real-types.nix { inherit lib options; }
