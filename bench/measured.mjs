import { rmSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Runs a case of the size that the command line names, writing to the folder that it names, and prints seconds and peak
 * memory of the process. The folder is left: deleting it would still be going on when the next case is measured.
 */
export function measured(run) {
  const [size, outdir] = process.argv.slice(2);
  const start = process.hrtime.bigint();
  run(Number(size), outdir);
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  console.log(JSON.stringify({ seconds, megabytes: process.resourceUsage().maxRSS / 1024 }));
  rmSync(join(import.meta.dirname, 'cases/cdk-like.state.json'), { force: true });
}
