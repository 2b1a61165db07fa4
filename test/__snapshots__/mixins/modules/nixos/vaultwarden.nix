{ config, ... }:
{
  services = {
    vaultwarden = {
      enable = true;
      config = {
        DOMAIN = "https://vault.example.org";
        ROCKET_ADDRESS = "127.0.0.1";
        ROCKET_PORT = 8222;
        SIGNUPS_ALLOWED = false;
      };
    };
    caddy = {
      enable = true;
      virtualHosts."vault.example.org".extraConfig =
        "reverse_proxy 127.0.0.1:${builtins.toString config.services.vaultwarden.config.ROCKET_PORT}";
    };
  };

  networking.firewall.allowedTCPPorts = [
    80
    443
  ];
}
