import type { Feature } from 'cdknix';

/** Folders where programs expect them; shared by all users. */
export function xdg({ home }: Feature): void {
  home.set({ xdg: { enable: true, userDirs: { enable: true, createDirectories: true } } });
}
