import type { SecretText } from './secret-text';

/** What stands before it; a construct's path has dashes for slashes. */
const authority = /:(?:\/\/|----)/g;

/** What stands between `//` and `@` (RFC 3986, userinfo); a quote or a space ends every URL. */
const userinfo = /([^\s/?#@:"'<>`\\]{0,100}):([^\s/?#@"'<>`\\]{1,256})@(?!sha\d+:)(?=[\w[$%{])/y;

/** What manuals have in the place of a password. */
const example = /^(?:your[-_]?|my[-_]?)?(?:url-?encoded)?(?:pass(?:w(?:or)?d)?|pw|pwd)$|^(?:x+|\.+|•+|\*+)$/i;

/** What is put in later: by a shell, by Nix, by a template. */
const inserted = /[${}%<>]/;

/** Passwords in URLs: `postgres://anna:hunter2@db/app`. */
export function* urlPasswordsIn(text: string): Iterable<SecretText> {
  for (const { index, 0: mark } of text.matchAll(authority)) {
    const start = index + mark.length;
    userinfo.lastIndex = start;
    const [all, user, password] = userinfo.exec(text) ?? [];
    if (all === undefined || password === undefined || password === user || isExample(password)) continue;
    const end = start + all.length - 1;
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
