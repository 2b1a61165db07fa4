{ ... }:
{
  services = {
    prometheus = {
      enable = true;
      retentionTime = "90d";
      scrapeConfigs = [
        {
          job_name = "node";
          static_configs = [
            {
              targets = [
                "vega:9100"
                "altair:9100"
                "deneb:9100"
                "lyra:9100"
                "cygnus:9100"
                "polaris:9100"
                "mira:9100"
                "rigel:9100"
                "castor:9100"
                "pollux:9100"
              ];
            }
          ];
        }
      ];
    };
    grafana = {
      enable = true;
      settings = {
        server = {
          http_addr = "127.0.0.1";
          http_port = 3000;
        };
        security.secret_key = "$__file{/var/lib/secrets/grafana}";
      };
      provision = {
        enable = true;
        datasources.settings.datasources = [
          {
            name = "Prometheus";
            type = "prometheus";
            url = "http://127.0.0.1:9090";
          }
        ];
      };
    };
  };
}
