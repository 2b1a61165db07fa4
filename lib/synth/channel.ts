/** A release of nixpkgs (`26.05`), or `unstable`. */
export type Channel = `${number}.${'05' | '11'}` | 'unstable';

/** The latest stable release when this version of cdknix was made. */
export const latestChannel: Channel = '26.05';

/** The release that `unstable` becomes. */
const nextRelease = '26.11';

/** Where the inputs of a channel live: each project has a branch for each release of nixpkgs. */
export function channelUrls(channel: Channel) {
  const stable = channel !== 'unstable';
  return {
    nixpkgs: `github:NixOS/nixpkgs/${stable ? `nixos-${channel}` : 'nixos-unstable'}`,
    nixpkgsDarwin: `github:NixOS/nixpkgs/${stable ? `nixpkgs-${channel}-darwin` : 'nixpkgs-unstable'}`,
    homeManager: `github:nix-community/home-manager${stable ? `/release-${channel}` : ''}`,
    nixDarwin: `github:nix-darwin/nix-darwin/${stable ? `nix-darwin-${channel}` : 'master'}`,
  };
}

/** The `stateVersion` of a NixOS system or a home that is first installed from a channel. */
export function stateVersionOf(channel: Channel): string {
  return channel === 'unstable' ? nextRelease : channel;
}

/** nix-darwin's `system.stateVersion` for a Mac that is first installed from a channel: an integer of its own count. */
export function darwinStateVersionOf(channel: Channel): number {
  const release = stateVersionOf(channel);
  if (release >= '26.05') return 7;
  return release >= '25.05' ? 6 : 5;
}

/** Whether a value is a channel. */
export function isChannel(channel: unknown): channel is Channel {
  return channel === 'unstable' || (typeof channel === 'string' && /^\d\d\.(05|11)$/.test(channel));
}
