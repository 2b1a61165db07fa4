import { builtins, Feature, path, pkgs } from 'cdknix';
import type { Construct } from 'constructs';
import { mocha } from './catppuccin';

const { vimPlugins } = pkgs;
const servers = [pkgs['lua-language-server'], pkgs.nixd, pkgs['typescript-language-server']];

/** Neovim for most, Helix for the rest. */
export class Editors extends Feature {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.home.set({
      programs: {
        neovim: {
          enable: true,
          defaultEditor: true,
          viAlias: true,
          vimAlias: true,
          plugins: [
            vimPlugins['catppuccin-nvim'],
            vimPlugins['gitsigns-nvim'],
            vimPlugins['lualine-nvim'],
            vimPlugins['nvim-lspconfig'],
            vimPlugins['nvim-treesitter'].withAllGrammars,
            vimPlugins['telescope-nvim'],
          ],
          extraPackages: servers,
          initLua: builtins.readFile(path('./neovim.lua')),
        },
        helix: {
          enable: true,
          extraPackages: [...servers, pkgs.marksman, pkgs.nixfmt],
          settings: {
            theme: 'mocha',
            editor: {
              'line-number': 'relative',
              bufferline: 'multiple',
              'color-modes': true,
              'cursor-shape': { insert: 'bar', select: 'underline' },
              'indent-guides': { render: true },
            },
          },
          // The theme that Helix brings, on the terminal's own background.
          themes: {
            mocha: {
              inherits: 'catppuccin_mocha',
              'ui.background': {},
              'ui.cursorline.primary': { bg: mocha.surface0 },
              'ui.virtual.indent-guide': mocha.surface1,
            },
          },
          languages: {
            language: [{ name: 'nix', 'auto-format': true, formatter: { command: 'nixfmt' } }],
          },
        },
      },
    });
  }
}
