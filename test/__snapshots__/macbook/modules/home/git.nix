{ ... }:
{
  programs.git = {
    enable = true;
    settings = {
      user = {
        name = "Drew";
        email = "drew@example.com";
      };
      init.defaultBranch = "main";
    };
  };
}
