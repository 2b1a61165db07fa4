import type { Expr, Path } from './ast';
import { checkText } from './encode';
import { NixValueError, showText } from './value-error';

const PLAIN_SEGMENT = /^[A-Za-z0-9._+-]+$/;

/**
 * A path, absolute or relative to the file that it is written in: `./a/b.nix`, or, with characters that a path literal
 * cannot have, `./. + "/a b.nix"` (Nix manual, path literals).
 *
 * Throws `NixValueError` for `~` (it depends on who evaluates), for `..` behind a name (it would leave the directory
 * that the path seems to be in), and for what no string can hold.
 */
export function path(text: string): Expr {
  checkText(text);
  if (text === '' || text === '~' || text.startsWith('~/')) {
    const hint = text === '' ? 'it is empty' : '~ depends on who evaluates it; write the whole path';
    throw new NixValueError('path', [], `the path ${showText(text)}`, hint);
  }
  const absolute = text.startsWith('/');
  const segments = text.split('/').filter((segment) => segment !== '' && segment !== '.');
  let ups = 0;
  while (!absolute && segments[ups] === '..') ups++;
  if (segments.includes('..', ups)) {
    throw new NixValueError(
      'path',
      [],
      `the path ${showText(text)}`,
      absolute ? 'write it without ..' : 'write .. only at its start',
    );
  }
  const start = absolute ? '' : ups === 0 ? '.' : segments.slice(0, ups).join('/');
  const rest = segments.slice(ups);
  if (rest.length === 0) return literal(`${start}/.`);
  if (rest.every((segment) => PLAIN_SEGMENT.test(segment))) return literal(`${start}/${rest.join('/')}`);
  return {
    kind: 'binary',
    op: '+',
    left: literal(`${start}/.`),
    right: { kind: 'str', parts: [{ kind: 'text', value: `/${rest.join('/')}` }] },
  };
}

function literal(text: string): Path {
  return { kind: 'path', parts: [{ kind: 'text', value: text }] };
}
