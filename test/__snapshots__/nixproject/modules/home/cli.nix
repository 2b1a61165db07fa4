{ pkgs, ... }:
{
  programs = {
    bat = {
      enable = true;
      config.style = "numbers,changes,header";
    };
    eza = {
      enable = true;
      git = true;
      icons = "auto";
      extraOptions = [ "--group-directories-first" ];
    };
    ripgrep = {
      enable = true;
      arguments = [
        "--smart-case"
        "--hidden"
        "--glob=!.git/"
      ];
    };
    fd = {
      enable = true;
      hidden = true;
      ignores = [
        ".git/"
        "node_modules/"
      ];
    };
    zoxide.enable = true;
    atuin = {
      enable = true;
      flags = [ "--disable-up-arrow" ];
      settings = {
        auto_sync = false;
        enter_accept = false;
        style = "compact";
      };
    };
    direnv = {
      enable = true;
      nix-direnv.enable = true;
    };
    btop.enable = true;
    jq.enable = true;
    tealdeer.enable = true;
  };

  home.packages = [
    pkgs.dust
    pkgs.duf
    pkgs.file
    pkgs.hyperfine
    pkgs.just
    pkgs.unzip
    pkgs.yq-go
  ];
}
