{
  config,
  lib,
  pkgs,
  ...
}:
let
  cfg = config.myModule;
in
{
  options.myModule.enable = lib.mkEnableOption "my module";
  config = lib.mkIf cfg.enable { environment.systemPackages = [ pkgs.hello ]; };
}
