{ ... }:
{
  programs.zsh.enable = true;
}
