import type { Feature } from 'cdknix';

/** A processor by AMD. */
export function amd({ nixos }: Feature): void {
  nixos.set({
    boot: { kernelModules: ['kvm-amd'] },
    hardware: { cpu: { amd: { updateMicrocode: true } } },
  });
}
