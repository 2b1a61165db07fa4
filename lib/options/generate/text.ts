/** A string literal of TypeScript. Whatever could end it, or could look like something else on a screen, is escaped. */
export function quote(text: string): string {
  const escaped = JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'");
  return `'${escaped.replace(invisible, (mark) => `\\u{${mark.codePointAt(0)!.toString(16)}}`)}'`;
}

/** The name of a property. */
export function propertyName(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : quote(name);
}

/**
 * The comment before a declaration.
 *
 * @param lines Markdown
 * @param tags the lines at its end, each a tag of TypeScript's without its `@`
 */
export function comment(lines: readonly string[], tags: readonly string[], indent: string): string {
  const all = [...lines.map(plain), ...tags.map((tag) => `@${plain(tag)}`)];
  if (all.length === 1) return `${indent}/** ${all[0]} */\n`;
  return [`${indent}/**`, ...all.map((line) => `${indent} *${line && ` ${line}`}`), `${indent} */\n`].join('\n');
}

/** A line of a comment that neither ends the comment nor starts a tag. */
function plain(line: string): string {
  return line
    .replace(invisible, ' ')
    .replaceAll('*/', '*\\/')
    .replace(/(?<=^|[\s{])@/g, '\\@')
    .trimEnd();
}

/** Control characters, other line separators, marks that change the direction of text, halves of characters. */
const invisible = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/gu;
