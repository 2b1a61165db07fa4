{ ... }:
{
  programs = {
    git = {
      enable = true;
      settings = {
        user = {
          name = "Martin";
          email = "martin@example.org";
        };
        init.defaultBranch = "main";
        alias.st = "status";
      };
    };
    delta = {
      enable = true;
      enableGitIntegration = true;
    };
  };
}
