{ ... }:
{
  programs.git = {
    enable = true;
    settings = {
      user = {
        name = "Ham";
        email = "ham@example.com";
      };
      init.defaultBranch = "main";
      pull.rebase = true;
      alias = {
        st = "status --short";
        last = "log -1 HEAD";
      };
    };
  };
}
