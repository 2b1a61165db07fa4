import type { Expr, Num } from './ast';
import { encodeFloat, encodeInt } from './encode';
import type { ValuePath } from './value-error';

/**
 * A number as JavaScript has it: a whole number becomes an integer, any other a float. Throws `NixValueError` for what
 * Nix cannot hold and for whole numbers that JavaScript holds only roughly.
 */
export function num(value: number | bigint, path: ValuePath = []): Expr {
  if (typeof value === 'number' && Number.isFinite(value) && !Number.isInteger(value)) return float(value, path);
  // There are no negative literals, so the least integer has no literal of its own.
  if (value === INT_MIN) return { kind: 'binary', op: '-', left: negative('9223372036854775807'), right: literal('1') };
  const text = encodeInt(value, path);
  return value < 0 ? negative(text) : literal(text);
}

/** A float, also for a whole number: `1.0`. Throws `NixValueError`. */
export function float(value: number, path: ValuePath = []): Expr {
  const text = encodeFloat(value, path);
  // `-0.0` is a subtraction from zero, which has no sign.
  if (Object.is(value, -0)) return { kind: 'binary', op: '*', left: literal('0.0'), right: negative('1') };
  return value < 0 ? negative(text) : literal(text);
}

const INT_MIN = -(2n ** 63n);

function literal(text: string): Num {
  return { kind: 'num', text };
}

function negative(text: string): Expr {
  return { kind: 'unary', op: '-', operand: literal(text) };
}
