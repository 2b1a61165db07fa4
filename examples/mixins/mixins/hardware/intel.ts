import type { Feature } from 'cdknix';

/** A processor by Intel. */
export function intel({ nixos }: Feature): void {
  nixos.set({
    boot: { kernelModules: ['kvm-intel'] },
    hardware: { cpu: { intel: { updateMicrocode: true } } },
    services: { thermald: { enable: true } },
  });
}
