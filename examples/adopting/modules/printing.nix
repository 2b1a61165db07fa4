{ config, lib, ... }:
{
  options.my.printing = lib.mkEnableOption "printing";
  config = lib.mkIf config.my.printing { services.printing.enable = true; };
}
