import type { Feature } from 'cdknix';

/** Films and music for the television. */
export function jellyfin({ nixos, account }: Feature): void {
  nixos.set({
    services: { jellyfin: { enable: true, openFirewall: true } },
    hardware: { graphics: { enable: true } },
  });
  // Whoever has a home on the machine may put films there.
  account.addGroups('jellyfin');
}
