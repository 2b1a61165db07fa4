/** The lines of upstream's Markdown, without what only its own manuals understand (nixos-render-docs). */
export function markdown(text: string): string[] {
  const lines = text.trim().split(/\r\n|[\n\r\u2028\u2029]/);
  const shown: string[] = [];
  let fence: string | undefined;
  for (const line of lines) {
    const mark = /^\s*(`{3,}|~{3,})/.exec(line)?.[1];
    if (fence !== undefined) {
      shown.push(line);
      if (mark?.startsWith(fence) && line.trim() === mark) fence = undefined;
    } else if (mark !== undefined) {
      shown.push(line);
      fence = mark;
    } else {
      shown.push(...prose(line));
    }
  }
  return fence === undefined ? shown : [...shown, fence];
}

/** Titles of the manuals' admonitions: `::: {.note}` to `:::`. */
function prose(line: string): string[] {
  const block = /^\s*:{3,}\s*(?:\{\s*\.([a-z]+)[^}]*\})?\s*$/.exec(line);
  if (block) return block[1] ? [`**${block[1].charAt(0).toUpperCase()}${block[1].slice(1)}:**`] : [];
  return [
    line
      .replace(/\{[a-z]+\}(?=`)/g, '')
      .replace(/\[\]\(#(?:opt-)?([^)\s]*)\)/g, '`$1`')
      .replace(/\[([^\]]+)\]\(#[^)\s]*\)/g, '$1')
      .replace(/\[\]\(([^)\s]*)\)/g, '<$1>')
      .replace(/\[\]\{#[^}]*\}/g, '')
      .replaceAll('<!--', '<\\!--'),
  ];
}

/** A block of Nix code. */
export function fenced(code: string): string[] {
  const fence = '`'.repeat(Math.max(3, longestRun(code) + 1));
  return [`${fence}nix`, ...code.trimEnd().split(/\r\n|[\n\r\u2028\u2029]/), fence];
}

/** Code inside of a sentence. */
export function inlineCode(code: string): string {
  const line = code.trim().replace(/\s+/g, ' ');
  const ticks = '`'.repeat(longestRun(line) + 1);
  const space = line === '' || line.startsWith('`') || line.endsWith('`') ? ' ' : '';
  return `${ticks}${space}${line}${space}${ticks}`;
}

function longestRun(code: string): number {
  return Math.max(0, ...[...code.matchAll(/`+/g)].map(([run]) => run.length));
}
