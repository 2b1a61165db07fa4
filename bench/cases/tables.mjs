// Loads the table of NixOS and looks up one option; the size counts nothing.
import { join } from 'node:path';
import { readTable } from '../../dist/options/table.js';
import { measured } from '../measured.mjs';

measured(() => {
  const { options } = readTable(join(import.meta.dirname, '../../data/options/nixos.jsonl'));
  if (!options.services.nginx.virtualHosts) throw new Error('no such option');
});
