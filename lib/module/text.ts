import { failure, userPosition } from '../diagnostics';
import { EXPR, hole, type Interpolation, type Expr as Node, type Text } from '../nix';
import type { Expr } from '../options/values';
import { Embedded } from './embedded';
import { exprOf, isExpr } from './expr';
import { checkTemplate } from './template-tag';

type Part = Text | Interpolation;

/**
 * A string with Nix values in it: `` str`${pkgs.git}/bin/git` ``.
 *
 * @param values strings and numbers become text, expressions become interpolations
 * @throws CdknixError `text-value` for anything else, `not-a-template` where it is called as a function
 */
export function str(strings: TemplateStringsArray, ...values: unknown[]): Expr<string> {
  checkTemplate('str', strings);
  return exprOf({ kind: 'str', parts: partsOf(strings, values) });
}

/**
 * A string of several lines, as Nix's own `''` strings: the indentation that all lines share and a blank first line are dropped.
 *
 * @param values strings and numbers become text, expressions become interpolations
 * @throws CdknixError `text-value` for anything else, `not-a-template` where it is called as a function
 */
export function lines(strings: TemplateStringsArray, ...values: unknown[]): Expr<string> {
  checkTemplate('lines', strings);
  return exprOf({ kind: 'indented', parts: partsOf(dedent(strings), values) });
}

function partsOf(strings: readonly string[], values: readonly unknown[]): Part[] {
  const parts: Part[] = [];
  const position = userPosition();
  const text = (value: string) => {
    const last = parts.at(-1);
    if (last?.kind === 'text') parts[parts.length - 1] = { kind: 'text', value: last.value + value };
    else if (value) parts.push({ kind: 'text', value });
  };
  const splice = (node: Node) => {
    // A comment has to stay above what it is about.
    if ((node.kind !== 'str' && node.kind !== 'indented') || node.before || node.after) {
      parts.push({ kind: 'interpolation', expr: hole(new Embedded(node, position)) });
    } else for (const part of node.parts) part.kind === 'text' ? text(part.value) : parts.push(part);
  };
  strings.forEach((string, i) => {
    text(string);
    if (i === values.length) return;
    const value = values[i];
    if (isExpr(value)) splice(value[EXPR]);
    else if (isText(value)) text(String(value));
    else throw notText(value);
  });
  return parts;
}

function isText(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'bigint' || Number.isFinite(value);
}

function dedent(strings: readonly string[]): string[] {
  // Only what starts a line can be indentation: the first text, and whatever follows a line feed inside a text.
  const first = strings.map((text, i) => (i === 0 ? text.replace(/^[ \t]*\n/, '') : text));
  let indent = Number.POSITIVE_INFINITY;
  first.forEach((text, i) => {
    text.split('\n').forEach((line, n, all) => {
      if (i > 0 && n === 0) return;
      const blank = line.trim() === '' && (n < all.length - 1 || i === first.length - 1);
      if (!blank) indent = Math.min(indent, line.length - line.trimStart().length);
    });
  });
  if (!Number.isFinite(indent)) indent = 0;
  return first.map((text, i) =>
    text
      .split('\n')
      .map((line, n, all) => {
        if (i > 0 && n === 0) return line;
        const last = i === first.length - 1 && n === all.length - 1;
        return last && line.trim() === '' ? '' : line.slice(indent);
      })
      .join('\n'),
  );
}

function notText(value: unknown): Error {
  const [shown, help] = problemOf(value);
  return failure({
    code: 'text-value',
    message: `${shown} cannot be interpolated in a string`,
    position: userPosition(),
    help,
  });
}

function problemOf(value: unknown): readonly [shown: string, help: string] {
  if (typeof value === 'boolean') return [String(value), "write the text that is meant: value ? 'yes' : 'no'"];
  if (Array.isArray(value)) return ['a list', "write lib.concatStringsSep(' ', value)"];
  const isObject = typeof value === 'object' && value !== null;
  return [
    isObject ? 'an object' : String(value),
    'interpolate strings, numbers, paths or expressions; builtins.toJSON(…) turns data into text',
  ];
}
