import { privateKeysIn } from './private-keys';
import { rowsIn } from './rows';
import type { SecretText } from './secret-text';
import { tokensIn } from './secret-tokens';

/** `-----BEGIN ` in base64. */
const pem = 'LS0tLS1CRUdJTi';

/** How much of a text is decoded at once, in characters. */
const longest = 24_000;

/** A line of base64 (RFC 4648, either alphabet), up to the break before the next one. */
const line = /([A-Za-z0-9+/_-]+)(={0,2})(\r?\n[ \t]*|\\n)?/y;

/** Secrets that are encoded in base64, as credentials in Kubernetes and Docker are. */
export function* encodedSecretsIn(text: string): Iterable<SecretText> {
  let done = 0;
  for (const { start, end } of rowsIn(text)) {
    if (start < done) continue;
    const row = text.slice(start, end);
    // What is no text is no secret that could be told by its form.
    const first = startsIn(row).find((at) => isPrintable(decode(row.slice(at, at + 24))));
    if (first === undefined) continue;
    const from = start + first;
    const { code, places } = blockAt(text, from);
    done = places.at(-1)! + 1;
    const decoded = decode(code);
    for (const { what, isCertain, at: inner, end: innerEnd } of [...privateKeysIn(decoded), ...tokensIn(decoded)]) {
      const at = places[Math.floor(inner / 3) * 4]!;
      const last = places[Math.min(Math.ceil(innerEnd / 3) * 4, code.length) - 1]!;
      const [shown = ''] = /^[\w+/-]+/.exec(text.slice(at, last + 1)) ?? [];
      yield { what: `${what} in base64`, isCertain, at, end: last + 1, text: shown };
    }
  }
}

/** How many names of a path are worth to look at. */
const mostNames = 16;

/** Where base64 may begin in a row: at its start, at the mark of a key, and behind a slash, which may be one of a path. */
function startsIn(row: string): number[] {
  const starts = [Math.max(row.indexOf(pem), 0)];
  for (let at = row.indexOf('/'); at >= 0 && starts.length < mostNames; at = row.indexOf('/', at + 1)) {
    starts.push(at + 1);
  }
  return starts;
}

/** Base64 from a place on, with the place of each of its characters: lines of one length belong together. */
function blockAt(text: string, start: number): { readonly code: string; readonly places: readonly number[] } {
  const places: number[] = [];
  let code = '';
  let at = start;
  for (let width = 0; at < start + longest; ) {
    line.lastIndex = at;
    const [all = '', row = '', padding, lineEnd] = line.exec(text) ?? [];
    if (row === '' || (width && row.length > width)) break;
    for (let i = 0; i < row.length; i++) places.push(at + i);
    code += row;
    if (padding || lineEnd === undefined || (width && row.length < width)) break;
    width = row.length;
    at += all.length;
  }
  return { code, places };
}

const decode = (code: string) => Buffer.from(code, 'base64').toString('latin1');

const isPrintable = (text: string) => text.length >= 9 && /^[\x20-\x7e\r\n\t]+$/.test(text);
