import { Backup, Metrics } from '@example/homelab-constructs';
import { Flake, HomeUser, Host } from 'cdknix';
import { synthToFiles } from 'cdknix/testing';
import { describe, expect, it } from 'vitest';

describe('the construct library', () => {
  it('gives hundreds of hosts one module, and its asset once', () => {
    const flake = new Flake({ stateVersion: '26.05' });
    flake.use(Backup.with({ repository: 'sftp:nas:/srv', passwordFile: '/run/secrets/restic' }));
    for (const name of ['alpha', 'beta']) new Host(flake, name, { system: 'x86_64-linux' });
    const files = synthToFiles(flake);
    expect(Object.keys(files).filter((path) => path.startsWith('modules/nixos'))).toEqual(['modules/nixos/backup.nix']);
    expect(files['modules/nixos/backup.nix']).toContain('"sftp:nas:/srv/${config.networking.hostName}"');
    expect(files['assets/example/homelab-constructs/assets/excludes']).toContain('node_modules');
  });

  it('finds all hosts with metrics, whoever uses the feature and whenever they are made', () => {
    const flake = new Flake({ stateVersion: '26.05' });
    const collector = new Host(flake, 'collector', { system: 'x86_64-linux' });
    const job = { job_name: 'node', static_configs: [{ targets: Metrics.targets(flake) }] };
    collector.set({ services: { prometheus: { scrapeConfigs: [job] } } });
    new Host(flake, 'other', { system: 'x86_64-linux' }).use(Metrics.with({ port: 9200 }));
    new HomeUser(new Host(flake, 'mac', { system: 'aarch64-darwin' }), 'alice').use(Metrics);
    const files = synthToFiles(flake);
    expect(files['hosts/collector/default.nix']).toMatch(/"other:9200"\s+"mac:9100"/);
  });

  it('counts every host where the feature is used on the flake', () => {
    const flake = new Flake({ stateVersion: '26.05' });
    flake.use(Metrics);
    const collector = new Host(flake, 'collector', { system: 'x86_64-linux' });
    const job = { job_name: 'node', static_configs: [{ targets: Metrics.targets(flake) }] };
    collector.set({ services: { prometheus: { scrapeConfigs: [job] } } });
    new Host(flake, 'other', { system: 'aarch64-linux' });
    expect(synthToFiles(flake)['hosts/collector/default.nix']).toMatch(/"collector:9100"\s+"other:9100"/);
  });
});
