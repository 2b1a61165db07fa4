import type { SecretText } from './secret-text';

/** What stands between `//` and `@` (RFC 3986, userinfo); a quote or a space ends every URL. */
const userinfo = /([^\s/?#@:"'<>`\\]{0,100}):([^\s/?#@"'<>`\\]{1,256})@(?!sha\d+:)(?=[\w[$%{])/y;

/** What manuals have in the place of a password. */
const example = /^(?:your[-_]?|my[-_]?)?(?:url-?encoded)?(?:pass(?:w(?:or)?d)?|pw|pwd)$|^(?:x+|\.+|•+|\*+)$/i;

/** What is put in later: by a shell, by Nix, by a template. */
const inserted = /[${}%<>]/;

/** Passwords in URLs: `postgres://anna:hunter2@db/app`. */
export function* urlPasswordsIn(text: string): Iterable<SecretText> {
  for (let at = text.indexOf('://'); at >= 0; at = text.indexOf('://', at + 1)) {
    userinfo.lastIndex = at + 3;
    const [all, user, password] = userinfo.exec(text) ?? [];
    if (all === undefined || password === undefined || password === user || isExample(password)) continue;
    const end = at + 3 + all.length - 1;
    yield { what: 'a password in a URL', isCertain: false, at: end - password.length, end, text: `:${password}@` };
  }
}

function isExample(password: string): boolean {
  return example.test(password) || inserted.test(decoded(password));
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
