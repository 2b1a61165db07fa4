/** A place in running code; `sourcePosition` maps it to the file that the user wrote. */
export interface Position {
  /** Empty if no code of the user's is known to be involved. */
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  /** 1-based, in UTF-16 units. */
  readonly column: number;
  /** How much of the line is meant, in UTF-16 units; one at least. */
  readonly length?: number | undefined;
  /** Whether it is a place in the file that the user wrote already. */
  readonly isSource?: true | undefined;
  /** Which argument of the call is meant, where several are alike; the first if nothing is said. */
  readonly argument?: number | undefined;
  /** The line as it may be shown, where the user's holds what nobody is to see. */
  readonly excerpt?: string | undefined;
}

/** The way into an argument of `set`, `declare` or `import`: names of attributes, and indices in arrays (list elements, branches of `mkMerge`). */
export type Place = readonly (string | number)[];
