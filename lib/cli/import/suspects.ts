import { isDeepStrictEqual } from 'node:util';
import { type Attempt, progressIn, withoutProgress } from '../../options/dump-steps';
import { readNixOutput } from '../nix-error/nix-error';

/** A module that may be the one that cannot be evaluated. */
export interface Suspect {
  /** Its file below the project that it belongs to, or the code that imports it. */
  readonly name: string;
  /** Takes it out of what is evaluated; what it gives brings it back. */
  leaveOut(): () => void;
}

/** A module of a configuration, as the library lists it. */
export interface ModuleEntry {
  readonly key: string;
  readonly file: string;
}

/** What modules are looked for in. */
export interface Surroundings {
  /** The modules of the flake's own that an error in a file may be about. */
  own?(file: string): readonly Suspect[];
  /** Lists all modules. */
  list(): Promise<readonly ModuleEntry[]>;
  /** The module of a key. */
  byKey(key: string, name: string): Suspect;
}

/** As many as it is worth to try. */
const most = 12;

/** The modules that an error may be about, the likeliest first: those of the files that Nix names, from the inside out. */
export async function suspectsIn(stderr: string, { own, list, byKey }: Surroundings): Promise<Suspect[]> {
  const { error } = readNixOutput(withoutProgress(stderr));
  const places = [error?.at, ...(error?.frames ?? []).map(({ at }) => at)];
  const files = [...new Set(places.flatMap((at) => at?.file ?? []))].filter((file) => !isLibrary(file));
  const found = files.flatMap((file) => own?.(file) ?? []);
  if (!files.length || found.length) return found.slice(0, most);
  const modules = await list();
  const keys = files.flatMap((file): [string, string][] => {
    const listed = modules.filter((module) => isSameFile(file, module.file)).map(({ key }) => key);
    const [path] = inStore.exec(file) ?? [];
    const all = listed.length ? listed.reverse() : path === undefined ? [] : [path];
    return all.map((key) => [key, nameOf(file)]);
  });
  return keys.map(([key, name]) => byKey(key, name)).slice(0, most);
}

/** Whether an attempt got further than one that failed where the options at a place, or all, are listed. */
export function isFurther(next: Attempt, failed: Attempt, place: readonly string[]): boolean {
  const { done, open } = progressIn(next.stderr);
  if (place.length) return done.some(([path]) => isDeepStrictEqual(path.slice(0, place.length), place));
  if (!next.error || done.length || open.length) return true;
  const where = ({ stderr }: Attempt) => readNixOutput(withoutProgress(stderr)).error;
  const [now, then] = [where(next), where(failed)];
  return !isDeepStrictEqual([now?.message, now?.at], [then?.message, then?.at]);
}

/** A path in the store, wherever that lies. */
const inStore = /\/nix\/store\/[a-z0-9]{32}-[^/]+\/.+$/;

/** The module systems themselves, which are where an error is noticed. */
const isLibrary = (file: string) => /\/(nixos\/)?lib\/[\w-]+\.nix$/.test(file);

/** Whether a path in a message is that of a file in the store: newer versions of Nix show where its input is from. */
function isSameFile(shown: string, file: string): boolean {
  return file !== '' && shown.endsWith(file.replace(/^\/nix\/store\/[^/]+/, ''));
}

function nameOf(file: string): string {
  const path = /-source\/(.+)$/.exec(file)?.[1] ?? /\/(nixos\/modules\/.+|modules\/.+)$/.exec(file)?.[1];
  return path ?? file;
}
