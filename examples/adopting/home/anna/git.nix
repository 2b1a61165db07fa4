{
  programs.git = {
    enable = true;
    settings.user.name = "Anna";
  };
}
