import { isIdentifier } from '../encode';
import { NixValueError, showText } from '../value-error';

/*
 * What a tree that was built by hand might hold in the place of a name, a number or a path. The printer checks it, so
 * that no text becomes code.
 */

const NUMBER = /^(?:\d+(?:\.\d*)?|\.\d+)(?:[Ee][+-]?\d+)?$/;
const PATH_TEXT = /^[A-Za-z0-9._+/~-]*$/;

/** The name of a variable. Throws `NixValueError`. */
export function checkedName(name: string): string {
  // `or` is there for `f or`, which Nix takes for an application.
  if (isIdentifier(name) || name === 'or') return name;
  throw new NixValueError('name', [], `the variable ${showText(name)}`, 'it is no identifier');
}

/** The spelling of a number. Throws `NixValueError`. */
export function checkedNumber(text: string): string {
  if (NUMBER.test(text)) return text;
  throw new NixValueError(
    'not-a-number',
    [],
    `the number ${showText(text)}`,
    'it is no literal; use num(…) or float(…)',
  );
}

/** The text of a path or of a search path. Throws `NixValueError`. */
export function checkedPath(text: string): string {
  if (PATH_TEXT.test(text)) return text;
  throw new NixValueError('path', [], `the path ${showText(text)}`, 'no path literal has such characters; use path(…)');
}
