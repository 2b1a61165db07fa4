import type { Comment, Trivia } from '../nix';

/** The lines of comments; blank lines between them are empty lines, and an empty comment is a blank. */
export function commentLines(all: readonly (Comment | null)[] = []): string[] {
  return all.flatMap((comment) => {
    if (comment === null) return [''];
    if (comment.style === 'line') return [shown(comment.text)];
    const lines = comment.text.split('\n').map((line) => line.replace(/^\s*\*?/, ''));
    return lines.map(shown).filter((line, i) => line.trim() !== '' || (i > 0 && i < lines.length - 1));
  });
}

/** What would end a line of TypeScript, or not be seen in it, becomes a blank. */
function shown(line: string): string {
  const text = line.replace(/[\r\u2028\u2029\u202a-\u202e\u2066-\u2069]/g, ' ').trim();
  return text === '' ? ' ' : text;
}

/** All comments directly at a node, without blank lines. */
export function commentsAt({ before, after, last, end }: Trivia & { readonly last?: Trivia['before'] }): string[] {
  const all = [...(before ?? []), ...(after ? [after] : []), ...(last ?? []), ...(end ?? [])];
  return commentLines(all.filter((one) => one !== null));
}

/** Whether a comment is code that was taken out for a while. */
export function isCode(lines: readonly string[]): boolean {
  return lines.some((line) => /[;{[(]\s*$|^\s*[}\])]|=\s*\S|^\s*(?:pkgs\.|\.\/)/.test(line));
}
