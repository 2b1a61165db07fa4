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

/** A line outside of code. An admonition, `::: {.note}` to `:::`, becomes a title; it may begin behind other words. */
function prose(line: string): string[] {
  const at = line.indexOf(':::');
  const block = at < 0 ? undefined : /^:{3,}\s*(?:\{\s*\.([a-z]+)[^}]*\}\s*)?$/.exec(line.slice(at));
  if (!block) return [sentence(line)];
  const before = line.slice(0, at).trimEnd();
  const [, kind] = block;
  return [
    ...(before ? [sentence(before), ''] : []),
    ...(kind === undefined ? [] : [`**${kind.charAt(0).toUpperCase()}${kind.slice(1)}:**`]),
  ];
}

/** Roles, links into manuals and anchors; what is longer than any of these is left alone. */
function sentence(line: string): string {
  return line
    .replace(/\{[a-z]+\}(?=`)/g, '')
    .replace(/\[\]\(#(?:opt-)?([^)\s]{0,200})\)/g, '`$1`')
    .replace(/\[([^\]]{1,200})\]\(#[^)\s]{0,200}\)/g, '$1')
    .replace(/\[\]\(([^)\s]{0,200})\)/g, '<$1>')
    .replace(/\[\]\{#[^}]{0,200}\}/g, '')
    .replaceAll('<!--', '<\\!--');
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
  return [...code.matchAll(/`+/g)].reduce((longest, [run]) => Math.max(longest, run.length), 0);
}
