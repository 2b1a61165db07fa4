{ osConfig, ... }:
{
  home.shellAliases = {
    ".." = "cd ..";
    cat = "bat --paging=never";
    g = "git";
    tree = "eza --tree";
    rebuild = "sudo nixos-rebuild switch --flake ~/nixproject/nix#${osConfig.networking.hostName}";
  };

  programs = {
    zsh = {
      enable = true;
      autocd = true;
      autosuggestion.enable = true;
      syntaxHighlighting.enable = true;
      history = {
        size = 50000;
        save = 50000;
        ignoreAllDups = true;
      };
      initContent = ''
        # Ctrl and an arrow key move by words.
        bindkey '^[[1;5C' forward-word
        bindkey '^[[1;5D' backward-word

        mkcd() {
          mkdir -p "$1" && cd "$1"
        }
      '';
    };
    starship = {
      enable = true;
      settings = {
        palette = "catppuccin_mocha";
        palettes.catppuccin_mocha = {
          rosewater = "#f5e0dc";
          flamingo = "#f2cdcd";
          pink = "#f5c2e7";
          mauve = "#cba6f7";
          red = "#f38ba8";
          maroon = "#eba0ac";
          peach = "#fab387";
          yellow = "#f9e2af";
          green = "#a6e3a1";
          teal = "#94e2d5";
          sky = "#89dceb";
          sapphire = "#74c7ec";
          blue = "#89b4fa";
          lavender = "#b4befe";
          text = "#cdd6f4";
          subtext1 = "#bac2de";
          subtext0 = "#a6adc8";
          overlay2 = "#9399b2";
          overlay1 = "#7f849c";
          overlay0 = "#6c7086";
          surface2 = "#585b70";
          surface1 = "#45475a";
          surface0 = "#313244";
          base = "#1e1e2e";
          mantle = "#181825";
          crust = "#11111b";
        };
        format = "$username$hostname$directory$git_branch$git_status$nix_shell$cmd_duration$line_break$character";
        add_newline = true;
        directory = {
          style = "bold lavender";
          truncation_length = 4;
        };
        git_branch.style = "bold mauve";
        git_status.style = "peach";
        nix_shell = {
          format = "[$symbol$name]($style) ";
          symbol = "❄ ";
          style = "sky";
        };
        cmd_duration = {
          min_time = 5000;
          style = "yellow";
        };
        character = {
          success_symbol = "[❯](green)";
          error_symbol = "[❯](red)";
        };
      };
    };
  };
}
