import { sanitized, shortened } from '../redaction';

/** Why a value was refused. */
export type NixValueReason =
  | 'nul'
  | 'lone-surrogate'
  | 'not-a-number'
  | 'infinite'
  | 'unsafe-integer'
  | 'integer-range'
  | 'denormal'
  | 'undefined'
  | 'symbol'
  | 'function'
  | 'cycle'
  | 'map'
  | 'set'
  | 'promise'
  | 'date'
  | 'boxed'
  | 'instance'
  | 'lost'
  | 'path'
  | 'name'
  | 'duplicate'
  | 'empty'
  | 'hole';

/** Where a value stands in the data it came with. */
export type ValuePath = readonly (string | number)[];

/** A value that Nix cannot hold, or that would mean something else there. */
export class NixValueError extends Error {
  override readonly name = 'NixValueError';

  constructor(
    readonly reason: NixValueReason,
    readonly path: ValuePath,
    what: string,
    hint: string,
  ) {
    super(sanitized(`cannot write ${what} in Nix${path.length === 0 ? '' : ` at ${showPath(path)}`}: ${hint}`));
  }
}

const PLAIN_KEY = /^[\p{L}_$][\p{L}\p{N}_$-]*$/u;
const SHOWN_SEGMENTS = 20;

/** A path as people read it: `services.openssh.ports[0]["a b"]`; a very long one is cut in the middle. */
export function showPath(path: ValuePath): string {
  if (path.length <= SHOWN_SEGMENTS) return segments(path);
  const half = SHOWN_SEGMENTS / 2;
  return `${segments(path.slice(0, half))}…${segments(path.slice(-half))}`;
}

function segments(path: ValuePath): string {
  let shown = '';
  for (const segment of path) {
    if (typeof segment === 'number') shown += `[${segment}]`;
    else if (!PLAIN_KEY.test(segment)) shown += `[${showText(segment)}]`;
    else shown += shown === '' ? segment : `.${segment}`;
  }
  return shown;
}

const SHOWN_CHARACTERS = 40;

/** A text in quotes, with what is invisible escaped, cut after forty characters. */
export function showText(text: string): string {
  return JSON.stringify(shortened(text, SHOWN_CHARACTERS));
}
