import { Flake, HomeUser, Host, mkAfter, mkForce, pkgs } from 'cdknix';
import { common } from './modules/home/common';

// The machines were installed with 24.11, and their Nix files say so.
export const flake = new Flake({ stateVersion: '24.11' });

const myHost = new Host(flake, 'my-host', { system: 'x86_64-linux' }).import(
  './modules/common.nix',
  './hosts/my-host/configuration.nix',
);

// Pattern 1, separate files: the home is a Nix file that there was before.
new HomeUser(myHost, 'alice', { groups: ['wheel'] }).import('./hosts/my-host/home/alice.nix');

// Pattern 2, shared home modules: what several homes have in common is a feature; what is Bob's own stands inline.
new HomeUser(myHost, 'bob').use(common).set({
  programs: { git: { settings: { user: { name: 'Bob', email: 'bob@example.com' } } } },
  home: { packages: [pkgs.firefox] },
});

const myLaptop = new Host(flake, 'my-laptop', { system: 'x86_64-linux' })
  .import('./modules/common.nix', './hosts/my-laptop/hardware-configuration.nix')
  .set({
    boot: { loader: { 'systemd-boot': { enable: true }, efi: { canTouchEfiVariables: true } } },
    networking: { networkmanager: { enable: true } },
  });

// One person on two machines, with another home on each.
new HomeUser(myLaptop, 'alice', { groups: ['wheel', 'networkmanager'] }).import('./hosts/my-laptop/home.nix');

// Pattern 3, reuse: the standalone configuration in nix/ stays what it is. Here it is a module of the laptop as well, with the
// laptop's overrides; `standalone` keeps the second way, `home-manager switch --flake …#ren@my-laptop`, for quick iterations.
new HomeUser(myLaptop, 'ren', { standalone: true, groups: ['networkmanager'] })
  .import('./nix/linux/home.nix')
  .use(common)
  .set({
    // Lists grow: these come in addition to those of nix/linux/home.nix.
    home: { packages: [pkgs.powertop, pkgs.brightnessctl] },
    // home.nix has another address, and two definitions of one text are a conflict; this one wins.
    programs: { git: { settings: { user: { email: mkForce('ren@work.example') } } } },
  })
  .set({
    // The common module has this as mkDefault, so that a plain definition is enough.
    home: { sessionVariables: { EDITOR: 'nvim' } },
    // Lines are joined; these stand behind all others.
    programs: { bash: { initExtra: mkAfter('[ -f ~/.bashrc.local ] && . ~/.bashrc.local') } },
  });
