import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Runs a case of the size that the command line names, and prints seconds and peak memory of the process. */
export function measured(run) {
  const out = mkdtempSync(join(tmpdir(), 'cdknix-bench-'));
  try {
    const start = process.hrtime.bigint();
    run(Number(process.argv[2]), join(out, 'out'));
    const seconds = Number(process.hrtime.bigint() - start) / 1e9;
    console.log(JSON.stringify({ seconds, megabytes: process.resourceUsage().maxRSS / 1024 }));
  } finally {
    rmSync(join(import.meta.dirname, 'cases/cdk-like.state.json'), { force: true });
    rmSync(out, { recursive: true });
  }
}
