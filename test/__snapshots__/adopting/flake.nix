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
    { nixpkgs, ... }@inputs:
    {
      nixosConfigurations = {
        desk = nixpkgs.lib.nixosSystem {
          specialArgs = {
            inherit inputs;
            user = "anna";
          };
          modules = [ ./hosts/desk ];
        };
        nas = nixpkgs.lib.nixosSystem {
          specialArgs = {
            inherit inputs;
            user = "anna";
          };
          modules = [ ./hosts/nas ];
        };
      };

      overlays = {
        own = import ./assets/pkgs/overlay.nix;
      };
    };
}
