import type { Feature } from 'cdknix';

/** A single-board computer that starts from an SD card. */
export function sdCard({ nixos }: Feature): void {
  nixos.set({
    boot: { loader: { grub: { enable: false }, 'generic-extlinux-compatible': { enable: true } } },
    fileSystems: { '/': { device: '/dev/disk/by-label/NIXOS_SD', fsType: 'ext4', options: ['noatime'] } },
    zramSwap: { enable: true },
    // Cards wear out by writing.
    services: { journald: { storage: 'volatile' } },
  });
}
