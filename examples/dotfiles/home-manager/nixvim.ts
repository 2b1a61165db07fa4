import type { Feature } from 'cdknix';
import type { Value } from 'cdknix/options';

// As much of nixvim's options as is used here; `cdknix import` would write all of them, with their documentation.
declare module 'cdknix/options/home' {
  interface Programs {
    nixvim?: {
      enable?: Value<boolean>;
      defaultEditor?: Value<boolean>;
      colorschemes?: Value<object>;
      globals?: Value<object>;
      opts?: Value<object>;
      plugins?: Value<object>;
      keymaps?: Value<readonly { mode: string; key: string; action: string }[]>;
    };
  }
}

/** Neovim by nixvim: a flake that brings a module, and with it options that neither NixOS nor Home Manager have. */
export function nixvim({ flake, home }: Feature): void {
  const input = flake.input('nixvim', { url: 'github:nix-community/nixvim/nixos-26.05', follows: ['nixpkgs'] });
  home.import(input.homeModules.nixvim);
  home.set({
    programs: {
      nixvim: {
        enable: true,
        defaultEditor: true,
        colorschemes: { catppuccin: { enable: true, settings: { flavour: 'mocha' } } },
        globals: { mapleader: ' ' },
        opts: { number: true, relativenumber: true, shiftwidth: 2, expandtab: true },
        plugins: {
          lualine: { enable: true },
          telescope: { enable: true, keymaps: { '<leader>ff': 'find_files', '<leader>fg': 'live_grep' } },
          treesitter: { enable: true },
          'web-devicons': { enable: true },
        },
        keymaps: [{ mode: 'n', key: '<leader>w', action: '<cmd>write<CR>' }],
      },
    },
  });
}
