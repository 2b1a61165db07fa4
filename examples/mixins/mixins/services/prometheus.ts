import { Metrics } from '@example/homelab-constructs';
import type { Feature } from 'cdknix';

/** Collects the metrics of every machine that has them, whatever machines there are. */
export function prometheus({ flake, nixos }: Feature): void {
  nixos.set({
    services: {
      prometheus: {
        enable: true,
        retentionTime: '90d',
        scrapeConfigs: [{ job_name: 'node', static_configs: [{ targets: Metrics.targets(flake) }] }],
      },
      grafana: {
        enable: true,
        settings: {
          server: { http_addr: '127.0.0.1', http_port: 3000 },
          // Grafana reads the file; the flake holds its name only.
          security: { secret_key: '$__file{/var/lib/secrets/grafana}' },
        },
        provision: {
          enable: true,
          datasources: {
            settings: { datasources: [{ name: 'Prometheus', type: 'prometheus', url: 'http://127.0.0.1:9090' }] },
          },
        },
      },
    },
  });
}
