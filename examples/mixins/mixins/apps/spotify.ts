import { type Feature, pkgs } from 'cdknix';

/** Spotify, which is unfree, and the ports by which it finds loudspeakers and other devices in the house. */
export function spotify({ flake, nixos, home }: Feature): void {
  flake.allowUnfree('spotify');
  nixos.set({ networking: { firewall: { allowedTCPPorts: [57621], allowedUDPPorts: [5353] } } });
  home.set({ home: { packages: [pkgs.spotify] } });
}
