/** A secret that stands in a text. */
export interface SecretText {
  /** What it is, for people: `a GitHub token`. */
  readonly what: string;
  /** Whether it can be nothing else; some kinds of keys are made to be published now and then. */
  readonly isCertain: boolean;
  /** Where it starts. */
  readonly at: number;
  /** Where it ends. */
  readonly end: number;
  /** A part of it that reads the same however the text is spelled. */
  readonly text: string;
}
