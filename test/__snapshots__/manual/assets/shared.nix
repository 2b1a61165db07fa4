# For every user of the host.
{ osConfig, ... }:

{
  programs.bash.enable = true;
  home.sessionVariables.MAILHOST = osConfig.networking.domain;
}
