// N constructs with one option each, in memory, all of one host.
import { Construct } from 'constructs';
import { Flake, Host } from '../../dist/index.js';
import { synthToFiles } from '../../dist/testing/index.js';
import { measured } from '../measured.mjs';

class Service extends Construct {
  constructor(host, id) {
    super(host, id);
    host.set({ systemd: { services: { [id]: { enable: true } } } });
  }
}

measured((size) => {
  const flake = new Flake();
  const host = new Host(flake, 'host', { system: 'x86_64-linux' });
  for (let i = 0; i < size; i++) new Service(host, `service${i}`);
  synthToFiles(flake);
});
