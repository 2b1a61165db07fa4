{ ... }:
{
  virtualisation.docker.enable = true;
}
