{
  description = "Anna's machines";

  inputs = {
    nixpkgs.url = "github:NixOS/nixpkgs/nixos-26.05";
    home-manager = {
      url = "github:nix-community/home-manager/release-26.05";
      inputs.nixpkgs.follows = "nixpkgs";
    };
  };

  outputs =
    { nixpkgs, home-manager, ... }@inputs:
    let
      mkHost =
        name: system:
        nixpkgs.lib.nixosSystem {
          inherit system;
          specialArgs = {
            inherit inputs;
            user = "anna";
          };
          modules = [
            ./hosts/${name}/configuration.nix
            ./modules/printing.nix
            home-manager.nixosModules.home-manager
            {
              nixpkgs.overlays = [ (import ./pkgs/overlay.nix) ];
              home-manager = {
                useGlobalPkgs = true;
                useUserPackages = true;
                extraSpecialArgs = { inherit inputs; };
                users.anna = import ./home/anna/home.nix;
              };
            }
          ];
        };
    in
    {
      nixosConfigurations = {
        desk = mkHost "desk" "x86_64-linux";
        nas = mkHost "nas" "x86_64-linux";
      };
    };
}
