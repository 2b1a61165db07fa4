# The option trees that cdknix comes with, read by ../data/dump-options.nix; see tables.mjs.
{ realworld, class }:
let
  flake = name: builtins.getFlake "path:${realworld}/${name}";
  nixpkgs = flake "nixpkgs";
  inherit (nixpkgs) lib;

  # The stand-in packages have made-up formats. Of a format only this is taken to be known: what it holds is data.
  anything = lib.types.attrsOf lib.types.anything;
  data = anything // {
    description = "format value";
    # One module takes an INI type apart in the way of older libraries.
    functor = anything.functor // { wrapped.functor.wrapped.functor.wrapped = [ data ]; };
  };
  overlay = _: prev: {
    formats = lib.mapAttrs (
      _: format:
      let
        typed =
          format:
          format
          // {
            type = data;
            lib = format.lib // {
              types = lib.mapAttrs (_: _: data) format.lib.types;
            };
          };
      in
      if lib.isFunction format then args: typed (format args) else typed format
    ) prev.formats;
    gerrit = prev.gerrit // {
      passthru.plugins = [ prev.gerrit ];
    };
  };
  pkgs = system: nixpkgs.legacyPackages.${system}.extend overlay;

  trees = {
    nixos = nixpkgs.lib.nixosSystem {
      modules = [
        "${realworld}/home-manager/nixos"
        { nixpkgs.pkgs = pkgs "x86_64-linux"; }
      ];
    };
    darwin = import "${flakeSource "nix-darwin"}/eval-config.nix" {
      inherit lib;
      enableNixpkgsReleaseCheck = false;
      modules = [
        "${realworld}/home-manager/nix-darwin"
        { _module.args.pkgs = lib.mkForce (pkgs "aarch64-darwin"); }
      ];
    };
    home = (flake "home-manager").lib.homeManagerConfiguration {
      pkgs = pkgs "x86_64-linux";
      modules = [
        {
          home = {
            stateVersion = "26.05";
            username = "user";
            homeDirectory = "/home/user";
          };
        }
        (
          { lib, ... }:
          {
            _file = "${flakeSource "home-manager"}/modules/services-modular/default.nix";
            # Reads modules of nixpkgs that the stand-in lacks.
            disabledModules = [ "${flakeSource "home-manager"}/modules/services-modular" ];
            options.home.services = lib.mkOption {
              type = with lib.types; attrsOf (submodule { freeformType = attrsOf anything; });
            };
          }
        )
      ];
    };
  };
  flakeSource = name: builtins.fetchTree { type = "path"; path = "${realworld}/${name}"; };
in
import ../data/dump-options.nix {
  inherit lib;
  inherit (trees.${class}) options;
}
