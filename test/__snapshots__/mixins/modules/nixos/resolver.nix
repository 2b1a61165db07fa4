{ ... }:
{
  services.dnsmasq = {
    enable = true;
    settings = {
      domain = "home.arpa";
      local = "/home.arpa/";
      server = [
        "9.9.9.9"
        "149.112.112.112"
      ];
      domain-needed = true;
      bogus-priv = true;
      cache-size = 1000;
    };
  };

  networking.firewall = {
    allowedTCPPorts = [ 53 ];
    allowedUDPPorts = [ 53 ];
  };
}
