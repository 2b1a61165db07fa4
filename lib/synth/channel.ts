/**
 * The releases that all three projects have, or are about to have, the oldest first. CONTRIBUTING.md ("A new release") says
 * what else is to be done for one.
 */
const releases = ['24.11', '25.05', '25.11', '26.05', '26.11'] as const;

/** A release of nixpkgs (`26.05`), or `unstable`. */
export type Channel = (typeof releases)[number] | 'unstable' | (`${number}.${'05' | '11'}` & {});

/**
 * The latest release that nixpkgs, Home Manager and nix-darwin all have a branch of: what a flake is on by default. It
 * follows `releases` only when the three branches are there, as a flake with a branch that is not does not evaluate.
 */
export const latestChannel: Channel = '26.05';

/** The release that `unstable` becomes. */
const nextRelease = releases[releases.length - 1]!;

/**
 * nix-darwin's own count of state versions: which it has from which release on, the latest first
 * (nix-darwin, modules/system/version.nix, `maxStateVersion` of each release branch).
 */
const darwinStateVersions = [
  ['26.05', 7],
  ['25.05', 6],
  ['', 5],
] as const;

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
  return darwinStateVersions.find(([since]) => release >= since)![1];
}

/** Whether a value is a channel. */
export function isChannel(channel: unknown): channel is Channel {
  return channel === 'unstable' || (typeof channel === 'string' && /^\d\d\.(05|11)$/.test(channel));
}
