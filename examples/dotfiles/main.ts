import { Flake, HomeUser, Host } from 'cdknix';
import { home } from './home-manager/home';
import { configuration } from './nixos/configuration';

export const flake = new Flake({ description: "Ian's system and dotfiles, switched apart" });

// sudo nixos-rebuild switch --flake …#thinkpad
new Host(flake, 'thinkpad', { system: 'x86_64-linux' }).import('./nixos/hardware-configuration.nix').use(configuration);

// home-manager switch --flake …#ian
new HomeUser(flake, 'ian', { system: 'x86_64-linux' }).use(home);
