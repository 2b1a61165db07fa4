# The option tree of a module system, as ../data/dump-options.nix prints it; see tables.ts.
{
  realworld,
  class,
  steps ? null,
}:
let
  flake = name: builtins.getFlake "path:${realworld}/${name}";
  nixpkgs = flake "nixpkgs";
  home-manager = flake "home-manager";
  nix-darwin = flake "nix-darwin";
  inherit (nixpkgs) lib;

  # The stand-in packages have made-up formats. All that is taken to be known of one is that it holds data.
  data =
    with lib.types;
    nullOr (oneOf [
      bool
      int
      float
      str
      path
      (attrsOf data)
      (listOf data)
    ])
    // {
      description = "format value";
      # One module takes an INI type apart, in the way of older libraries.
      functor.wrapped.functor.wrapped.functor.wrapped = [ data ];
      typeMerge = _: data;
    };
  ofData =
    format:
    format
    // {
      type = data;
      lib = format.lib // {
        types = lib.mapAttrs (_: _: data) format.lib.types;
      };
      # Some that once took no arguments are called by now.
      __functor = self: _: self;
    };
  overlay = _: prev: {
    formats =
      lib.mapAttrs (
        _: format: if lib.isFunction format then args: ofData (format args) else ofData format
      ) prev.formats
      // {
        iniWithGlobalSection =
          args:
          ofData (prev.formats.iniWithGlobalSection args)
          // {
            type = lib.types.submodule {
              options = lib.genAttrs [ "globalSection" "sections" ] (
                _:
                lib.mkOption {
                  type = data;
                  default = { };
                }
              );
            };
          };
      };
    # What these have makes the values of an enum.
    gerrit = prev.gerrit // {
      passthru.plugins = [ ];
    };
    matrix-synapse-unwrapped = prev.matrix-synapse-unwrapped // {
      optional-dependencies = { };
    };
    music-assistant = prev.music-assistant // {
      providerNames = [ ];
    };
    scx = prev.scx // {
      full = prev.scx // {
        schedulers = [ ];
      };
    };
    dockerTools = prev.dockerTools // {
      buildImage = _: prev.mk "image";
    };
  };
  pkgsFor = system: nixpkgs.legacyPackages.${system}.extend overlay;

  configurations = {
    nixos = lib.nixosSystem {
      modules = [
        home-manager.nixosModules.home-manager
        { nixpkgs.pkgs = pkgsFor "x86_64-linux"; }
      ];
    };
    darwin = nix-darwin.lib.evalConfig {
      inherit lib;
      enableNixpkgsReleaseCheck = false;
      modules = [
        home-manager.darwinModules.home-manager
        { _module.args.pkgs = lib.mkForce (pkgsFor "aarch64-darwin"); }
      ];
    };
    home = home-manager.lib.homeManagerConfiguration {
      pkgs = pkgsFor "x86_64-linux";
      modules = [
        {
          # What it is given it would import anew.
          _module.args.pkgs = lib.mkForce (pkgsFor "x86_64-linux");
          home = {
            username = "user";
            homeDirectory = "/home/user";
            stateVersion = "26.05";
            enableNixpkgsReleaseCheck = false;
          };
        }
      ];
    };
  };
in
import ../data/dump-options.nix {
  inherit lib steps;
  inherit (configurations.${class}) options;
}
