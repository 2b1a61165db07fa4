{
  programs.git = {
    enable = true;
    settings = {
      user.name = "Ren";
      user.email = "ren@example.com";
      init.defaultBranch = "main";
    };
  };
}
