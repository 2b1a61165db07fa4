{ ... }:
{
  boot.kernelModules = [ "kvm-intel" ];
  hardware.cpu.intel.updateMicrocode = true;
  services.thermald.enable = true;
}
