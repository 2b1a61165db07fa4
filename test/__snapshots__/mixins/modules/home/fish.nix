{ ... }:
{
  programs.fish = {
    interactiveShellInit = "set -g fish_greeting";
    shellAbbrs = {
      g = "git";
      gs = "git status";
      gp = "git pull --rebase";
    };
  };
}
