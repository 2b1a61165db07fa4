import type { Feature } from 'cdknix';

/** The login screen of all desktops. */
export function login({ nixos }: Feature): void {
  nixos.set({ services: { displayManager: { sddm: { enable: true, wayland: { enable: true } } } } });
}
