{ ... }:
{
  programs = {
    git = {
      enable = true;
      ignores = [
        ".direnv/"
        "result"
      ];
      settings = {
        user = {
          name = "Marcus";
          email = "marcus@example.com";
        };
        init.defaultBranch = "main";
        alias = {
          st = "status --short --branch";
          lg = "log --oneline --graph --all";
          amend = "commit --amend --no-edit";
        };
        pull.rebase = true;
        push.autoSetupRemote = true;
        rerere.enabled = true;
      };
    };
    delta = {
      enable = true;
      enableGitIntegration = true;
    };
  };
}
