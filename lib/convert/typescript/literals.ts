const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };
// Line separators end a line of source; the others would not be seen.
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const unseen = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

const escaped = (char: string) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** A text as a string literal, in the quotes that need fewer escapes. */
export function stringLiteral(value: string): string {
  const count = (quote: string) => value.split(quote).length;
  const quote = count("'") > count('"') ? '"' : "'";
  const inside = value
    .replace(/[\\\n\r\t]/g, (char) => escapes[char]!)
    .replace(unseen, escaped)
    .replaceAll(quote, `\\${quote}`);
  return quote + inside + quote;
}

/**
 * A text as it stands in a template that JavaScript reads.
 *
 * @param beforeValue whether a value follows it
 */
export function templateText(value: string, beforeValue: boolean): string {
  const text = value
    .replaceAll('\\', '\\\\')
    .replace(/\r/g, '\\r')
    .replace(unseen, escaped)
    .replaceAll('`', '\\`')
    .replaceAll('${', '\\${');
  return beforeValue && text.endsWith('$') ? `${text.slice(0, -1)}\\$` : text;
}
