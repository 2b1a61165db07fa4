import type { Edit } from './edits';

/**
 * What a terminal acts on or shows in another order than it stands: C0 and C1 controls but for the tab and ends of lines
 * (ECMA-48), and controls of bidirectional text (Unicode, Bidi_Control).
 */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const control = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]|\r(?!\n)|\p{Bidi_Control}/gu;

/** The edits that spell control characters as JavaScript does: `\x1b`, `\u202e`. */
export function controlsSpelled(text: string): Edit[] {
  return [...text.matchAll(control)].map(({ index, 0: character }) => ({
    start: index,
    end: index + 1,
    text: spelled(character),
  }));
}

/** A text with its control characters spelled. */
export function withoutControls(text: string): string {
  return text.replace(control, spelled);
}

function spelled(character: string): string {
  const code = character.charCodeAt(0);
  if (character === '\r') return '\\r';
  return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`;
}
