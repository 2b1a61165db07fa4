{ ... }:
{
  programs = {
    git = {
      enable = true;
      ignores = [
        ".direnv/"
        "*.swp"
      ];
      settings = {
        user = {
          name = "Ian";
          email = "ian@example.com";
        };
        init.defaultBranch = "main";
        alias = {
          co = "checkout";
          lg = "log --oneline --graph";
        };
        push.autoSetupRemote = true;
        pull.rebase = true;
      };
    };
    delta = {
      enable = true;
      enableGitIntegration = true;
    };
  };
}
