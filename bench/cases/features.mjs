// N features with one option each, in memory: N modules.
import { Feature, Flake, Host } from '../../dist/index.js';
import { synthToFiles } from '../../dist/testing/index.js';
import { measured } from '../measured.mjs';

measured((size) => {
  const flake = new Flake();
  const host = new Host(flake, 'host', { system: 'x86_64-linux' });
  for (let i = 0; i < size; i++) {
    const feature = new Feature(host, `feature${i}`);
    feature.nixos.set({ systemd: { services: { [`service${i}`]: { enable: true } } } });
  }
  synthToFiles(flake);
});
