{ ... }:
{
  programs.fish.enable = true;
}
