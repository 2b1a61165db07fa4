import type { SecretText } from './secret-text';

/** How much of a text a key may take: the longest RSA keys have 16,384 bits. */
const longestKey = 16_000;

const armour = 'PRIVATE KEY';
const header = /-----BEGIN ((?:[A-Z0-9]{1,12} ){0,3})$/;
const putty = 'PuTTY-User-Key-File-';

/** What an OpenSSH key starts with that has no passphrase: the name of its cipher is `none` (OpenSSH, PROTOCOL.key). */
const openSshPlain = 'b3BlbnNzaC1rZXktdjEAAAAABG5vbmU';

/** Private keys, each in the armour of its kind. */
export function* privateKeysIn(text: string): Iterable<SecretText> {
  for (let at = text.indexOf(armour); at >= 0; at = text.indexOf(armour, at + 1)) {
    const begin = header.exec(text.slice(Math.max(0, at - 60), at));
    const tail = ['-----', ' BLOCK-----'].find((one) => text.startsWith(one, at + armour.length));
    if (!begin || !tail) continue;
    const kind = begin[1]!.trim();
    const start = at - begin[0].length;
    const from = at + armour.length + tail.length;
    const body = until(text, from, '-----') ?? begunRows(text, from);
    const row = keyRow(body);
    if (row === undefined) continue;
    const what = kind.startsWith('PGP') ? 'a PGP private key' : 'a private key';
    yield { what, isCertain: !isEncrypted(kind, body), at: start, end: from + body.length, text: row };
  }
  for (let at = text.indexOf(putty); at >= 0; at = text.indexOf(putty, at + 1)) {
    const body = until(text, at + putty.length, putty) ?? text.slice(at + putty.length, at + longestKey);
    const row = keyRow(body.slice(body.indexOf('Private-Lines:')));
    if (row === undefined || !body.includes('Private-Lines:')) continue;
    const last = /Private-(?:MAC|Hash):\s*[0-9a-f]*/.exec(body);
    const end = at + putty.length + (last ? last.index + last[0].length : body.length);
    yield { what: 'a PuTTY private key', isCertain: body.includes('Encryption: none'), at, end, text: row };
  }
}

/** What stands in a text up to the next mark, no further away than a key is long. */
function until(text: string, from: number, mark: string): string | undefined {
  const rest = text.slice(from, from + longestKey);
  const end = rest.indexOf(mark);
  return end < 0 ? undefined : rest.slice(0, end);
}

/** The rows of a key that has no end, as far as they look like ones: what it stands in was cut off. */
function begunRows(text: string, from: number): string {
  rows.lastIndex = from;
  return rows.exec(text.slice(0, from + longestKey))![0];
}

const rows =
  /(?:(?:\s|\\[nrt]|[|+">'])*(?:[A-Z][A-Za-z-]*: [^\r\n\\]*|[A-Za-z0-9+/]{20,}={0,2}))*(?:(?:\s|\\[nrt])*[A-Za-z0-9+/=]{1,76})?/y;

/** A row of a key's digits; none in the words of a manual. */
function keyRow(body: string): string | undefined {
  const isManual = new Set(body).size < 20 || /\.\.\.|…/.test(body);
  // The first one may belong to the spelling of a line feed.
  return isManual ? undefined : /[A-Za-z0-9+/]{32,}/.exec(body)?.[0].slice(1);
}

function isEncrypted(kind: string, body: string): boolean {
  if (kind.includes('ENCRYPTED') || body.includes('Proc-Type: 4,ENCRYPTED')) return true;
  return kind === 'OPENSSH' && !body.replace(/[^A-Za-z0-9+/]/g, '').includes(openSshPlain);
}
