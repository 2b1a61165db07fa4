{ ... }:
{
  home.shellAliases = {
    ls = "eza";
    cat = "bat --paging=never";
  };

  programs = {
    fish.enable = true;
    starship.enable = true;
    direnv = {
      enable = true;
      nix-direnv.enable = true;
    };
    fzf.enable = true;
    zoxide.enable = true;
  };
}
