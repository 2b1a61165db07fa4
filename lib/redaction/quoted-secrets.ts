import type { Range } from './edits';
import { isPlainSecret, secretAt } from './secret-names';

/** Texts in quotes that stand behind such names as secrets have: `password: 'x'`, `API_KEY="x"`, `\"token\": \"x\"`. */
export function quotedSecretsIn(text: string): Range[] {
  const found = text.matchAll(
    /(?<![\w-])([A-Za-z_][\w-]*)\\?["']?\s{0,20}[:=]\s{0,20}(\\?["'`])((?:(?!\2)[^\\\r\n]|(?!\2)\\.)*)\2/g,
  );
  return [...found].flatMap(({ 0: all, 1: name, 2: quote, 3: value, index }) => {
    const end = index + all.length - quote!.length;
    return isNamedSecret([name!], value!) ? [{ start: end - value!.length, end }] : [];
  });
}

/** Whether a text is a secret by the names on the way to it. */
export function isNamedSecret(path: readonly string[], value: string): boolean {
  const kind = secretAt(path);
  return kind !== undefined && isPlainSecret(value, kind !== 'likely');
}
