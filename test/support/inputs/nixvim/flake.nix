# Stands in for github:nix-community/nixvim, which the tests cannot reach: its module takes any setting.
{
  outputs = _: {
    homeModules.nixvim =
      { lib, ... }:
      {
        options.programs.nixvim = lib.mkOption {
          type = lib.types.submodule {
            freeformType = lib.types.anything;
            options.enable = lib.mkEnableOption "nixvim";
          };
          default = { };
        };
      };
  };
}
