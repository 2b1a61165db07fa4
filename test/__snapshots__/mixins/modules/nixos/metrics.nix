{ ... }:
{
  services.prometheus.exporters.node = {
    enable = true;
    port = 9100;
    enabledCollectors = [
      "systemd"
      "processes"
    ];
  };

  networking.firewall.interfaces.tailscale0.allowedTCPPorts = [ 9100 ];
}
