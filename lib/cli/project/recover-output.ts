import { hasWorkFolder } from '../../synth/work-folder';
import { undisturbed } from '../terminal/stoppable';
import type { Config } from './config';

/**
 * Has a stopped synth completed before the output is read.
 *
 * @throws CdknixError if another synth is writing it, or the system does not let us
 */
export async function recoverOutput({ outdir }: Config): Promise<void> {
  if (!hasWorkFolder(outdir)) return;
  // Hardly ever needed.
  const { recover } = await import('../../synth/write.js');
  await undisturbed(() => recover(outdir));
}
