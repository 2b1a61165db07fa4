{
  description = "Modules of our own, for our machines and for those of others";

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
        nas = nixpkgs.lib.nixosSystem {
          specialArgs = { inherit inputs; };
          modules = [ ./hosts/nas ];
        };
      };

      nixosModules = {
        my-module = ./modules/nixos/my-module.nix;
        photo-backup = ./modules/nixos/photo-backup.nix;
      };

      homeModules = {
        photo-backup = ./modules/home/photo-backup.nix;
      };
    };
}
