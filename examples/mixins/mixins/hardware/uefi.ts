import type { Feature } from 'cdknix';

/** A machine with UEFI. All of them are partitioned alike, so that one mixin serves them all. */
export function uefi({ nixos }: Feature): void {
  nixos.set({
    boot: {
      loader: { 'systemd-boot': { enable: true, configurationLimit: 10 }, efi: { canTouchEfiVariables: true } },
      initrd: { availableKernelModules: ['nvme', 'xhci_pci', 'ahci', 'usb_storage', 'sd_mod'] },
    },
    fileSystems: {
      '/': { device: '/dev/disk/by-label/nixos', fsType: 'ext4' },
      '/boot': { device: '/dev/disk/by-label/ESP', fsType: 'vfat', options: ['umask=0077'] },
    },
    hardware: { enableRedistributableFirmware: true },
  });
}
