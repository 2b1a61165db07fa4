import { type Position, userPosition } from '../diagnostics';
import type { Expr } from '../options/values';
import { checkArgument, refuseMore } from './arguments';
import { Deferred, deferred } from './expr';

/** A file or folder of the project that the output holds a copy of. */
export class File extends Deferred<string> {
  constructor(
    /** As the user wrote it: relative to the file that names it. */
    readonly path: string,
    readonly position: Position | undefined,
    /** Whether it is imported as a module: a folder then needs a `default.nix`. */
    readonly use: 'module' | 'value' = 'value',
  ) {
    super();
  }

  override get shown(): string {
    return `path('${this.path}')`;
  }
}

/**
 * A file or folder beside the code: copied into the output, and a Nix path there.
 *
 * @param path relative to the TypeScript file that calls this, or absolute; inside the project
 * @throws CdknixError `argument`, `argument-lost`
 */
export function path(path: string): Expr<string> {
  checkArgument('path', 'text', path);
  refuseMore('path', arguments, 1);
  return deferred(new File(path, userPosition()));
}
