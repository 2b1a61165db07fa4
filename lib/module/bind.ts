import { failure, type Position, userPosition } from '../diagnostics';
import { isVariable } from '../nix';
import type { Content, Expr } from '../options/values';
import { refuseMore } from './arguments';
import { Deferred, deferred } from './expr';
import { quoted } from './quoted';

/** A value that stands once in a file, under a name. */
export class Bound<T = unknown> extends Deferred<T> {
  constructor(
    readonly name: string,
    readonly value: unknown,
    readonly position: Position,
  ) {
    super();
  }
}

/**
 * A value that is used several times: the module that it stands in says it once, in a `let`.
 *
 * @param name of the variable; where it is taken, it gets a `'`
 * @throws CdknixError `bind-name` for what cannot name a variable, `argument-lost`
 */
// biome-ignore lint/suspicious/noExplicitAny: where nothing says what is expected, anything is
export function bind<T = any>(name: string, value: Content<T>): Expr<T> {
  const position = userPosition();
  refuseMore('bind', arguments, 2);
  if (typeof name === 'string' && isVariable(name)) return deferred<T>(new Bound<T>(name, value, position));
  throw failure({
    code: 'bind-name',
    message: `${quoted(name)} cannot name a variable`,
    position,
    help: 'use letters, digits, "_", "-" and "\'", starting with a letter or "_", and no word of the Nix language',
  });
}
