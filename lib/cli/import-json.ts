import { readFileSync } from 'node:fs';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { near } from './terminal';
import { usageError } from './usage-error';

/** No published file is near this size, in bytes. */
const largest = 2 ** 29;

/**
 * The text of an `options.json`, which may be compressed, as those of channels are.
 *
 * @param file `-` for the standard input
 * @throws UsageError `import-json`
 */
export function optionsText(file: string): string {
  try {
    const bytes = readFileSync(file === '-' ? 0 : file);
    if (file.endsWith('.gz')) return gunzipSync(bytes, { maxOutputLength: largest }).toString('utf8');
    if (file.endsWith('.br')) return brotliDecompressSync(bytes, { maxOutputLength: largest }).toString('utf8');
    return bytes.toString('utf8');
  } catch (error) {
    throw usageError({
      code: 'import-json',
      message: `cannot read ${near(file)}: ${(error as Error).message}`,
      help: "name the options.json that a module's project publishes, as it is or compressed (.gz, .br)",
    });
  }
}
