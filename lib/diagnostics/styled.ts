/** What a part of a text looks like on a terminal that has styles. */
export type Style = 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'cyan';

/** A part of a text in one style. */
export interface Segment {
  readonly text: string;
  readonly styles: readonly Style[];
}

/**
 * A text for a person, with styles as values. They become escape sequences when it is written, after all that looks like
 * one in the text has been taken out.
 */
export type Styled = string | Segment | readonly Styled[];

/** A text in a style. */
export function styled(styles: Style | readonly Style[], text: string): Segment {
  return { text, styles: typeof styles === 'string' ? [styles] : styles };
}

/** Texts with something between them: an end of line, if it is not said. */
export function joined(texts: readonly Styled[], separator = '\n'): Styled {
  return texts.flatMap((text, i) => (i ? [separator, text] : [text]));
}

/** The segments of a text, in their order. */
export function segmentsOf(text: Styled): Segment[] {
  if (typeof text === 'string') return [{ text, styles: [] }];
  return 'styles' in text ? [text] : text.flatMap(segmentsOf);
}

/** A text without its styles. */
export function plainText(text: Styled): string {
  return segmentsOf(text)
    .map((segment) => segment.text)
    .join('');
}
