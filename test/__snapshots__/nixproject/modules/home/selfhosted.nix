{ pkgs, ... }:
{
  services.nextcloud-client = {
    enable = true;
    startInBackground = true;
  };

  programs = {
    rbw = {
      enable = true;
      settings = {
        base_url = "https://vault.home.example.net";
        email = "marcus@example.com";
        pinentry = pkgs.pinentry-qt;
      };
    };
    nheko.enable = true;
    thunderbird = {
      enable = true;
      profiles.marcus.isDefault = true;
    };
  };

  accounts.email.accounts.marcus = {
    primary = true;
    address = "marcus@example.com";
    realName = "Marcus";
    userName = "marcus";
    imap.host = "mail.home.example.net";
    smtp.host = "mail.home.example.net";
    thunderbird.enable = true;
  };
}
