import type { IndentedStr, Interpolation, Key, Path, Str, Text } from '../../nix';
import { withoutParens } from '../../nix/walk';
import { relativePath } from '../file-holes';
import type { Lowered } from '../lowered';
import type { Scope } from '../scope';
import { type Code, call, text, word } from '../typescript/code';
import { templateText } from '../typescript/literals';
import { flat } from '../typescript/print';
import { type Context, library } from './context';
import { pathOf } from './paths';
import { raw } from './raw';

type Part = string | Lowered;

/** A string of either notation. */
export function lowerString(expr: Str | IndentedStr, scope: Scope, context: Context): Lowered {
  const parts = joined(expr.parts.map((part) => lowerPart(part, scope, context)));
  const isPlain = parts.every((part) => typeof part === 'string' || part.is === 'text' || part.is === 'number');
  if (parts.some((part) => typeof part !== 'string' && part.is === 'data'))
    return raw(expr, scope, context, 'operator');
  // What takes several lines has no place in a text.
  if (parts.some((part) => typeof part !== 'string' && flat(part.code) === undefined)) {
    return raw(expr, scope, context, 'text');
  }
  if (expr.kind === 'indented' && isLines(parts)) {
    return { code: template(parts, library(context, 'lines'), '\n'), is: 'expression' };
  }
  if (parts.every((part) => typeof part === 'string')) return { code: text(parts.join('')), is: 'text' };
  if (isPlain) return { code: template(parts), is: 'text' };
  return { code: template(parts, library(context, 'str')), is: 'expression' };
}

/** A name in an attribute path, as an argument. */
export function lowerKey(key: Key, scope: Scope, context: Context): Code {
  if (key.kind === 'name') return text(key.name);
  if (key.kind === 'strKey') return lowerString(key.str, scope, context).code;
  return context.lower(key.expr, scope).code;
}

/** A path literal, as a file beside the code. */
export function lowerFile(expr: Path, scope: Scope, context: Context): Lowered {
  const path = relativePath(expr);
  if (path === undefined) return raw(expr, scope, context, 'path');
  return { code: call(library(context, 'path'), text(path)), is: 'expression' };
}

function lowerPart(part: Text | Interpolation, scope: Scope, context: Context): Part {
  if (part.kind === 'text') return part.value;
  const expr = withoutParens(part.expr);
  if (expr.kind === 'apply' && expr.args.length === 1 && isToString(pathOf(expr.fn, scope))) {
    const arg = withoutParens(expr.args[0]!);
    // What a number of JavaScript looks like in a text is what Nix makes of an integer.
    if (arg.kind === 'ident') {
      const number = context.lower(arg, scope);
      if (number.is === 'number') return number;
    }
  }
  const lowered = context.lower(part.expr, scope);
  return lowered.is === 'number' ? { ...lowered, is: 'data' } : lowered;
}

const isToString = (path: ReturnType<typeof pathOf>) =>
  path?.root === 'toString' || (path?.root === 'builtins' && path.path.join('.') === 'toString');

function joined(parts: readonly Part[]): Part[] {
  const all: Part[] = [];
  for (const part of parts) {
    const last = all.at(-1);
    if (typeof part === 'string' && typeof last === 'string') all[all.length - 1] = last + part;
    else if (part !== '') all.push(part);
  }
  return all;
}

/** Whether `lines` gives the very text back: it takes the indentation away that all lines share. */
function isLines(parts: readonly Part[]): boolean {
  const shape = parts.map((part) => (typeof part === 'string' ? part : '$')).join('');
  const lines = shape.split('\n');
  if (lines.length < 2 || /[\r\f\v]/.test(shape)) return false;
  return !lines.some((line) => line !== '' && line.trim() === '') && lines.some((line) => /^\S/.test(line));
}

/** @param start a line feed, where the text begins below the opening */
function template(parts: readonly Part[], tag?: Code, start = ''): Code {
  const chunks = [''];
  const values: Code[] = [];
  const all = [start, ...parts];
  all.forEach((part, i) => {
    if (typeof part === 'string') chunks[chunks.length - 1] += templateText(part, typeof all[i + 1] === 'object');
    else {
      values.push(part.code);
      chunks.push('');
    }
  });
  const name = tag?.kind === 'word' ? { tag: tag.word } : {};
  return { kind: 'template', ...name, chunks, values, indents: start !== '' };
}

/** A number, as JavaScript spells it; nothing where it needs a function. */
export function numberCode(spelling: string): string | undefined {
  if (/^\d+$/.test(spelling)) {
    const value = BigInt(spelling);
    return value <= BigInt(Number.MAX_SAFE_INTEGER) ? String(value) : `${value}n`;
  }
  const value = Number(spelling);
  return Number.isInteger(value) ? undefined : String(value);
}

export const numberWord = (spelling: string): Lowered => ({ code: word(spelling), is: 'number' });
