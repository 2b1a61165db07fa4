import { nearestNames } from '../../options/nearest';
import { shortened } from '../../redaction';

/** A text on one line, without its full stop. */
export function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim().replace(/\.$/, '');
}

/** The lines of a text that say something. */
export function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

/** As our messages are: without a capital, unless it is part of a name, and without a full stop. */
export function lowered(text: string): string {
  const isWord = /^[A-Z][a-z]+(?=[\s,.:]|$)/.test(text);
  return (isWord ? text[0]!.toLowerCase() + text.slice(1) : text).replace(/\.$/, '');
}

/** Words in quotes: what a message is about. */
export function quotedIn(text: string): string[] {
  return [...text.matchAll(/[`‘'"]([\w@./+-]+)[`’'"]/g)].map(([, word]) => word!);
}

/** `a`, `a or b`, `a, b or c`: three at most. */
export function anyOf(names: readonly string[]): string {
  const shown = names.slice(0, 3);
  return shown.length < 2 ? (shown[0] ?? '') : `${shown.slice(0, -1).join(', ')} or ${shown.at(-1)}`;
}

/** What to do about a wrong name, if something is proposed: the likeliest first. */
export function meaning(name: string, proposals: readonly string[]): string | undefined {
  const near = nearestNames(name, proposals);
  return proposals.length ? `did you mean ${anyOf(near.length ? near : proposals)}?` : undefined;
}

/** A path without the folder of the store. */
export function shortPath(path: string): string {
  const [, name, rest = ''] = /^\/nix\/store\/[a-z0-9]{32}-([^/]+)\/?(.*)$/.exec(path) ?? [];
  if (name === undefined) return path;
  return name.endsWith('source') ? rest || 'the flake' : [name, rest].filter((one) => one !== '').join('/');
}

/** How much of what Nix says is shown, unless its own words are asked for. */
const longest = 400;
const mostLines = 8;

/** A line of Nix's, no longer than people read. */
export function cut(line: string): string {
  return shortened(line, longest);
}

/** The first lines of what Nix says. */
export function cutLines(lines: readonly string[]): string[] {
  const more = lines.length - mostLines;
  if (more < 2) return lines.map(cut);
  return [...lines.slice(0, mostLines).map(cut), `… and ${more} more lines: cdknix check --trace shows them`];
}
