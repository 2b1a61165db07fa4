// A fleet of N hosts, each with ten features of twenty options and a setting of its own, built, checked, printed and
// written; with MEMORY=1 not written.
import { Feature, Flake, Host } from '../../dist/index.js';
import { synthToFiles } from '../../dist/testing/index.js';
import { measured } from '../measured.mjs';

const features = Array.from({ length: 10 }, (_, i) => {
  const name = `Feature${i}`;
  const one = {
    [name]: class extends Feature {
      constructor(scope, id) {
        super(scope, id);
        this.nixos.set({
          virtualisation: {
            'oci-containers': {
              containers: {
                [`service${i}`]: {
                  image: `registry.example.org/service${i}:1.0`,
                  user: `user${i}`,
                  ports: [`${8000 + i}:80`],
                  volumes: ['/srv/a:/a', '/srv/b:/b'],
                  environment: { LEVEL: 'info', WORKERS: '4' },
                  autoStart: false,
                },
              },
            },
          },
          networking: { firewall: { allowedTCPPorts: [8000 + i] } },
        });
        this.nixos.set({
          environment: { etc: { [`service${i}.conf`]: { text: `level = info\nport = ${8000 + i}\n` } } },
          systemd: {
            services: {
              [`service${i}`]: {
                wantedBy: ['multi-user.target'],
                after: ['network.target'],
                description: `Service number ${i}`,
                serviceConfig: {
                  Restart: 'always',
                  RestartSec: 5,
                  User: `user${i}`,
                  DynamicUser: true,
                  ProtectSystem: 'strict',
                  ProtectHome: true,
                  PrivateTmp: true,
                  NoNewPrivileges: true,
                },
              },
            },
          },
        });
      }
    },
  };
  return one[name];
});

measured((size, outdir) => {
  const flake = new Flake();
  for (let i = 0; i < size; i++) {
    const host = new Host(flake, `host${i}`, { system: 'x86_64-linux' }).use(...features);
    host.set({ networking: { domain: `site${i}.example.org` } });
  }
  if (process.env.MEMORY) synthToFiles(flake);
  else flake.synth({ outdir });
});
