{
  programs.bash = {
    enable = true;
    shellAliases = {
      ll = "ls -l";
      gs = "git status";
    };
    initExtra = "set -o vi";
  };
}
