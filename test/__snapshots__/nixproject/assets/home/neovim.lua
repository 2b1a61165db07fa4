vim.g.mapleader = " "

vim.opt.number = true
vim.opt.relativenumber = true
vim.opt.signcolumn = "yes"
vim.opt.expandtab = true
vim.opt.shiftwidth = 2
vim.opt.ignorecase = true
vim.opt.smartcase = true
vim.opt.undofile = true
vim.opt.clipboard = "unnamedplus"

vim.cmd.colorscheme("catppuccin-mocha")

require("gitsigns").setup()
require("lualine").setup()

local telescope = require("telescope.builtin")
vim.keymap.set("n", "<leader>f", telescope.find_files)
vim.keymap.set("n", "<leader>g", telescope.live_grep)
vim.keymap.set("n", "<leader>b", telescope.buffers)

vim.lsp.enable({ "lua_ls", "nixd", "ts_ls" })
