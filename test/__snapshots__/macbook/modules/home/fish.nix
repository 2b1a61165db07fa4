{ ... }:
{
  programs = {
    fish = {
      enable = true;
      interactiveShellInit = "set -g fish_greeting";
    };
    starship.enable = true;
    man.generateCaches = false;
  };
}
