import { Flake, HomeUser, Host, path, str } from 'cdknix';

export const flake = new Flake({
  description: 'NixOS configuration',
  channel: 'unstable',
  // What configuration.nix and home.nix say too.
  stateVersion: '25.05',
  // From outside the module graph, for all homes; `inputs` is there without being asked for.
  extraSpecialArgs: { wallpaper: path('./wallpaper.svg') },
});
flake.input('nixpkgs', { url: 'github:nixos/nixpkgs/nixpkgs-unstable' });

const hostname = new Host(flake, 'hostname', { system: 'x86_64-linux' }).import('./configuration.nix');
const { networking } = hostname.config;
hostname.set({
  networking: { domain: 'example.org' },
  // From inside the module graph: a value that is made of other options.
  _module: { args: { fqdn: str`${networking.hostName}.${networking.domain}` } },
  // Modules and settings for every user of the host.
  'home-manager': { sharedModules: [path('./shared.nix')] },
});

new HomeUser(hostname, 'jdoe', { groups: ['wheel'] }).import('./home.nix');
