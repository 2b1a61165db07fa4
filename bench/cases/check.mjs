// Checks N right definitions by the options of NixOS, each at a place of its own.
import { bundledTable } from '../../dist/options/bundled.js';
import { checkDefinitions } from '../../dist/options/check/check.js';
import { measured } from '../measured.mjs';

const { options } = bundledTable('nixos');
const hosts = (count) =>
  Object.fromEntries(
    Array.from({ length: count }, (_, i) => [
      `site${i}.example.org`,
      {
        forceSSL: true,
        enableACME: true,
        http2: false,
        root: `/srv/${i}`,
        serverAliases: ['www.example.org'],
        locations: { '/': { proxyPass: 'http://localhost:8080', proxyWebsockets: true, priority: 900 } },
        extraConfig: 'gzip on;',
        default: false,
      },
    ]),
  );

// The parts are read before.
const few = { services: { nginx: { virtualHosts: hosts(10) } } };
checkDefinitions(few, options, { fill: () => undefined });
const many = { services: { nginx: { virtualHosts: hosts(Number(process.argv[2]) / 10) } } };

measured(() => {
  const problems = checkDefinitions(many, options, { fill: () => undefined });
  if (problems.length) throw new Error(problems[0].message);
});
