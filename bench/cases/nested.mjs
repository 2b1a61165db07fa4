// N groups, one inside of the other, each with a feature of its own, around one host.
import { Construct } from 'constructs';
import { Feature, Flake, Host } from '../../dist/index.js';
import { synthToFiles } from '../../dist/testing/index.js';
import { measured } from '../measured.mjs';

measured((size) => {
  const flake = new Flake();
  let group = flake;
  for (let i = 0; i < size; i++) {
    group = new Construct(group, `g${i}`);
    new Feature(group, `f${i}`).nixos.set({ systemd: { services: { [`s${i}`]: { enable: true } } } });
  }
  new Host(group, 'host', { system: 'x86_64-linux' });
  synthToFiles(flake);
});
