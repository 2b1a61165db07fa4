{ pkgs, ... }:

{
  programs.git = {
    enable = true;
    settings.user = {
      name = "Alice";
      email = "alice@example.com";
    };
  };

  programs.bash = {
    enable = true;
    shellAliases.ll = "ls -la";
  };

  home.packages = [ pkgs.tree ];
  home.stateVersion = "24.11";
}
