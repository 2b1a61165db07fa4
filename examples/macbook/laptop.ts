import type { Feature } from 'cdknix';

/** The system: Nix, the keyboard, the Dock. */
export function laptop({ darwin }: Feature): void {
  darwin.set({
    nix: {
      settings: { 'experimental-features': ['nix-command', 'flakes'] },
      gc: { automatic: true, options: '--delete-older-than 30d' },
    },
    security: { pam: { services: { sudo_local: { touchIdAuth: true } } } },
    system: {
      keyboard: { enableKeyMapping: true, remapCapsLockToEscape: true },
      defaults: {
        dock: { autohide: true, 'show-recents': false },
        finder: { AppleShowAllExtensions: true, ShowPathbar: true },
        NSGlobalDomain: { AppleInterfaceStyle: 'Dark', KeyRepeat: 2 },
      },
    },
  });
}
