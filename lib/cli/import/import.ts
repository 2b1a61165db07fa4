import { joined } from '../../diagnostics';
import { type NixOptions, nixRun } from '../nix/nix';
import { type Config, type ProjectOptions, readConfig } from '../project/config';
import { print, printJson, say } from '../terminal/terminal';
import { type ImportArguments, type ImportRequest, requestOf } from './request';
import type { Reading } from './table';

/** What `cdknix import` takes. */
export interface ImportOptions extends ProjectOptions, NixOptions, ImportArguments {
  /** Seconds that the app may take. */
  readonly timeout: number;
}

/**
 * Writes option tables and types of the user's own inputs into the project, and says what changed since the last time.
 *
 * @param of the module system; all that there are, if it is not given
 * @throws CdknixError if the options cannot be read or written; the earlier ones are as they were then
 */
export async function importOptions(of: string | undefined, options: ImportOptions): Promise<void> {
  const request = requestOf(of, options);
  const config = readConfig(options);
  const readings = await read(request, config, options);
  const { outcomeOf, inWords } = await import('./outcome.js');
  const { filesOf, writeImports } = await import('./write.js');
  const files = readings.map(filesOf);
  const written = writeImports(config.project, new Map(files.flatMap((one) => [...one])));
  const outcomes = readings.map((reading, i) => outcomeOf(reading, [...files[i]!.keys()], written));
  if (options.json === true) printJson(outcomes);
  else print([joined(outcomes.map(inWords)), '\n']);
  say(written.length ? `imports: ${written.join(', ')}` : 'imports: nothing to write');
}

async function read(request: ImportRequest, config: Config, options: ImportOptions): Promise<Reading[]> {
  const run = nixRun(config, options);
  if (request.file !== undefined) {
    return [(await import('./json.js')).readFromJson(request, config)];
  }
  if (request.channel !== undefined) {
    return [await (await import('./channel.js')).readFromChannel(request.channel, config, options.timeout)];
  }
  const { readFromApp, readFromFlake } = await import('./read.js');
  if (request.flake) return readFromFlake(request, config, run);
  return readFromApp(request, config, run, options.timeout);
}
