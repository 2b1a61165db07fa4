/** The shortest row of characters that every token has. */
const shortest = 20;

const inRow = charactersOf('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-+/');
/** What may stand between two rows of one token. */
const inWord = charactersOf('.:=', inRow);

function charactersOf(characters: string, others?: Uint8Array): Uint8Array {
  const set = new Uint8Array(0x10000);
  if (others) set.set(others);
  for (const character of characters) set[character.charCodeAt(0)] = 1;
  return set;
}

/** A row of letters, digits and `_-+/`, as tokens and base64 have them, and the word that it is in. */
export interface Row {
  readonly start: number;
  readonly end: number;
  readonly wordStart: number;
  readonly wordEnd: number;
}

/** The rows of twenty characters and more in a text, one a word, in linear time. */
export function* rowsIn(text: string): Iterable<Row> {
  // Every row of twenty has a character at a multiple of twenty, so that most of the text need not be looked at.
  for (let at = shortest - 1, from = 0; at < text.length; at += shortest) {
    if (!inRow[text.charCodeAt(at)]) continue;
    let start = at;
    let end = at + 1;
    while (start > from && inRow[text.charCodeAt(start - 1)]) start--;
    while (end < text.length && inRow[text.charCodeAt(end)]) end++;
    at = Math.max(at, end - 1);
    if (end - start < shortest) continue;
    let wordStart = start;
    let wordEnd = end;
    while (wordStart > from && inWord[text.charCodeAt(wordStart - 1)]) wordStart--;
    while (wordEnd < text.length && inWord[text.charCodeAt(wordEnd)]) wordEnd++;
    yield { start, end, wordStart, wordEnd };
    from = wordEnd;
  }
}
