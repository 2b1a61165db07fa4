{ ... }:
{
  programs.ghostty = {
    enable = true;
    package = null;
    settings = {
      font-family = "JetBrainsMono Nerd Font";
      font-size = 14;
      macos-option-as-alt = true;
    };
  };
}
