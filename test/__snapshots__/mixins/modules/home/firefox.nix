{ ... }:
{
  programs.firefox = {
    enable = true;
    policies = {
      DisableTelemetry = true;
      DisablePocket = true;
      OfferToSaveLogins = false;
    };
    profiles.default = {
      search = {
        default = "ddg";
        force = true;
      };
      settings = {
        "browser.aboutConfig.showWarning" = false;
        "privacy.globalprivacycontrol.enabled" = true;
      };
    };
  };
}
