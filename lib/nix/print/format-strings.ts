import type { IndentedStr, Interpolation, Key, Path, Str, Text } from '../ast';
import { encodeString, encodeText, isBareKey } from '../encode';
import { encodeIndented } from '../encode-indented';
import { hasTrivia, isAbsorbableTerm, isSimple } from './absorb';
import { checkedPath } from './check';
import { CUT, type Doc, END, GROUP, IN, LINE, OneLine, OUT, Part, RAW, Shift, type Step } from './doc';

type Line = (string | Interpolation)[];

/** `"…"`. */
export function str({ parts }: Str): Doc {
  const first = parts[0];
  if (first === undefined) return [GROUP, '""', END];
  if (parts.length === 1 && first.kind === 'text') {
    return [GROUP, `"${first.raw ?? encodeText(first.value, false)}"`, END];
  }
  return quoted([encoded(parts)]);
}

function encoded(parts: readonly (Text | Interpolation)[]): Line {
  const line: Line = [];
  let text = '';
  for (let i = 0; i < parts.length; i++) {
    const part = parts[i]!;
    if (part.kind === 'interpolation') {
      line.push(part);
      continue;
    }
    const next = parts[i + 1];
    if (part.raw !== undefined) {
      line.push(part.raw);
      continue;
    }
    // Joined, because the spelling of a character depends on the next one.
    text += part.value;
    if (next?.kind === 'text' && next.raw === undefined) continue;
    if (text !== '') line.push(encodeText(text, next?.kind === 'interpolation'));
    text = '';
  }
  return line;
}

function quoted(lines: readonly Line[]): Doc {
  return [GROUP, '"', ...lines.map(stringLine), '"', END];
}

/** `''…''`, or `"…"` for a line that needs no escapes there. */
export function indented({ parts }: IndentedStr): Doc {
  const lines = encodeIndented(parts);
  if (lines.length === 1) {
    const line = lines[0]!;
    if (line.every((piece) => typeof piece !== 'string' || !/["\\]/.test(piece))) return quoted([line.map(respelled)]);
    return [GROUP, "''", stringLine(line), "''", END];
  }
  const doc: Step[] = [GROUP, "''", CUT, IN];
  lines.forEach((line, index) => {
    if (index > 0) doc.push(RAW + 1);
    doc.push(stringLine(line));
  });
  doc.push(OUT, "''", END);
  return doc;
}

function respelled(piece: string | Interpolation): string | Interpolation {
  if (typeof piece !== 'string') return piece;
  return piece.replace(/'''|''\$/g, (special) => (special === "'''" ? "''" : '\\$'));
}

function stringLine(line: Line): Doc {
  const first = line[0];
  if (first === undefined) return [];
  if (typeof first === 'string') {
    if (line.length === 1) return line as string[];
    const spaces = first.search(/[^ ]/);
    const by = spaces < 0 ? first.length : spaces;
    const rest = line.slice(1);
    const inner = spaces < 0 && rest.length === 1 ? [alone(rest[0] as Interpolation)] : rest.map(piece);
    return by === 0 ? [first, ...inner] : [first, new Shift(by), ...inner, new Shift(-by)];
  }
  return line.length === 1 ? alone(first) : line.map(piece);
}

function piece(of: string | Interpolation): Doc {
  return typeof of === 'string' ? [of] : interpolation(of.expr);
}

/** An interpolation that has its line of the string for itself. */
function alone({ expr }: Interpolation): Doc {
  return [GROUP, '${', IN, new Part('inside', expr), OUT, '}', END];
}

/** `${expr}`. */
export function interpolation(expr: Interpolation['expr']): Doc {
  if (hasTrivia(expr)) return [GROUP, '${', LINE, IN, GROUP, expr, END, OUT, LINE, '}', END];
  if (isAbsorbableTerm(expr)) return [GROUP, '${', expr, '}', END];
  if (isSimple(expr)) return [new OneLine(['${', expr, '}'], Number.POSITIVE_INFINITY, [GROUP, '${', expr, '}', END])];
  return [new OneLine(['${', expr, '}'], SHORT + 3, [GROUP, '${', CUT, IN, GROUP, expr, END, OUT, CUT, '}', END])];
}

/** Up to how many characters an interpolation is never broken. */
const SHORT = 30;

/** `./a/${b}`. */
export function path({ parts }: Path): Doc {
  return parts.map((part) => (part.kind === 'text' ? checkedPath(part.value) : interpolation(part.expr)));
}

/** The segments of an attribute path, with their dots. */
export function attrPath(path: readonly Key[]): Step[] {
  const doc: Step[] = [];
  for (let i = 0; i < path.length; i++) {
    if (i > 0) doc.push('.');
    doc.push(key(path[i]!));
  }
  return doc;
}

/** One segment of an attribute path. */
export function key(of: Key): Step {
  if (of.kind === 'strKey') return str(of.str);
  if (of.kind === 'dynamic') return interpolation(of.expr);
  if (of.quoted !== true && isBareKey(of.name)) return of.name;
  return of.raw === undefined ? encodeString(of.name) : `"${of.raw}"`;
}
