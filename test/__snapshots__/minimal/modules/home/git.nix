{ ... }:
{
  programs.git = {
    enable = true;
    settings = {
      user = {
        name = "Marcus";
        email = "marcus@example.com";
      };
      init.defaultBranch = "main";
    };
  };
}
