import { shortened } from '../redaction';
import { isExpr } from './expr';

/** Longer than a person reads in one message. */
const longest = 60;

/** A user's value in an error message. Never throws, whatever the value. */
export function quoted(value: unknown): string {
  if (isExpr(value)) return 'a Nix expression';
  switch (typeof value) {
    case 'string':
      return `'${shortened(value, longest)}'`;
    case 'function':
      return 'a function';
    case 'object':
      if (value === null) return 'null';
      return Array.isArray(value) ? 'a list' : 'an object';
    default:
      return String(value);
  }
}
