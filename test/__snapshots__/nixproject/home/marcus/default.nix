{ ... }:
{
  imports = [
    ../../modules/home/cli.nix
    ../../modules/home/git.nix
    ../../modules/home/shell.nix
    ../../modules/home/sway.nix
    ../../modules/home/terminal.nix
    ../../modules/home/theming.nix
    ../../modules/home/apps.nix
    ../../modules/home/selfhosted.nix
    ../../modules/home/streaming.nix
    ../../modules/home/editors.nix
    ../../modules/home/webapps.nix
    ../../modules/home/docker.nix
  ];

  home.stateVersion = "26.05";
}
