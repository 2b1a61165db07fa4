import { basename, dirname } from 'node:path';
import { ownOption, parseOptionName } from './definitions';
import type { NixError } from './nix-error';
import type { OptionPlace } from './node-at';
import type { OutputFiles } from './output-files';

/**
 * The options on the way to an error, the innermost first: without those that modules of others were defining, and
 * those that most modules define. Who else sets these has nothing to do with it.
 */
export function optionsInTrace(frames: NixError['frames'], files: OutputFiles): OptionPlace[] {
  const found = new Map<string, OptionPlace>();
  let isOthers = false;
  for (const { text } of frames) {
    const from = definitionsFrom(text);
    if (from !== undefined) isOthers ||= files.find(from) === undefined;
    const [, name] = /^while evaluating the option [`‘'](.+?)['’]:?$/.exec(text) ?? [];
    if (name === undefined) continue;
    const option = parseOptionName(name);
    if (!isOthers && !isShared(option)) found.set(name, option);
    isOthers = false;
  }
  return [...found.values()];
}

/** Options that a system's own modules put together, of each class. */
const shared =
  /^(?:assertions|warnings|system|systemd|launchd|environment\.etc|home\.(?:file|activation)|xdg\.configFile|_module)(?:\.|$)/;

/** Whether most modules of a system define an option. */
export function isShared(option: OptionPlace): boolean {
  return shared.test(ownOption(option).join('.'));
}

/** The module of others that an error comes from, as Nix names its file. */
export function moduleInTrace({ at, frames }: NixError, files: OutputFiles): string | undefined {
  const named = [at?.file, ...frames.flatMap((frame) => [definitionsFrom(frame.text), frame.at?.file])];
  return named.find((file) => file !== undefined && /\/modules\/.+\.nix$/.test(file) && files.find(file) === undefined);
}

/** What a module's file is called for what it configures: `networkmanager`, also of `nginx/default.nix`. */
export function nameOfModule(file: string): string {
  const name = basename(file, '.nix');
  return name === 'default' ? basename(dirname(file)) : name;
}

const definitionsFrom = (text: string) => /^while evaluating definitions from [`‘'](.+?)['’]/.exec(text)?.[1];
