// N files that a host imports: each imports the next one (SHAPE=chain), or all import one folder of 200 files.
import { mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { measured } from '../measured.mjs';

const isChain = process.env.SHAPE === 'chain';

/** An app in a project of its own, which imports some of its files. */
function project(folder, size) {
  mkdirSync(join(folder, 'shared'), { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "name": "bench" }');
  for (let i = 0; i < 200; i++) writeFileSync(join(folder, `shared/${i ? `x${i}` : 'default'}.nix`), '{ }');
  for (let i = 0; i < size; i++) {
    const next = !isChain ? './shared' : i + 1 < size ? `./f${i + 1}.nix` : undefined;
    writeFileSync(join(folder, `f${i}.nix`), next ? `{ imports = [ ${next} ]; }` : '{ }');
  }
  writeFileSync(
    join(folder, 'app.cjs'),
    'module.exports = (host, count) => { for (let i = 0; i < count; i++) host.import("./f" + i + ".nix"); };',
  );
  return createRequire(join(folder, 'app.cjs'))('./app.cjs');
}

const [size, outdir] = process.argv.slice(2);
const imports = project(outdir, Number(size));
const { Flake, Host } = await import('../../dist/index.js');
const { synthToFiles } = await import('../../dist/testing/index.js');

measured(() => {
  const flake = new Flake();
  imports(new Host(flake, 'host', { system: 'x86_64-linux' }), isChain ? 1 : Number(size));
  synthToFiles(flake);
});
