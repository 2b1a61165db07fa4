{ pkgs, ... }:
{
  programs = {
    neovim = {
      enable = true;
      defaultEditor = true;
      viAlias = true;
      vimAlias = true;
      plugins = [
        pkgs.vimPlugins.catppuccin-nvim
        pkgs.vimPlugins.gitsigns-nvim
        pkgs.vimPlugins.lualine-nvim
        pkgs.vimPlugins.nvim-lspconfig
        pkgs.vimPlugins.nvim-treesitter.withAllGrammars
        pkgs.vimPlugins.telescope-nvim
      ];
      extraPackages = [
        pkgs.lua-language-server
        pkgs.nixd
        pkgs.typescript-language-server
      ];
      initLua = builtins.readFile ../../assets/home/neovim.lua;
    };
    helix = {
      enable = true;
      extraPackages = [
        pkgs.lua-language-server
        pkgs.nixd
        pkgs.typescript-language-server
        pkgs.marksman
        pkgs.nixfmt
      ];
      settings = {
        theme = "mocha";
        editor = {
          line-number = "relative";
          bufferline = "multiple";
          color-modes = true;
          cursor-shape = {
            insert = "bar";
            select = "underline";
          };
          indent-guides.render = true;
        };
      };
      themes.mocha = {
        inherits = "catppuccin_mocha";
        "ui.background" = { };
        "ui.cursorline.primary".bg = "#313244";
        "ui.virtual.indent-guide" = "#45475a";
      };
      languages.language = [
        {
          name = "nix";
          auto-format = true;
          formatter.command = "nixfmt";
        }
      ];
    };
  };
}
