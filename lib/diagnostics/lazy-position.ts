import type { Position } from './position';

/** A position that is found when it is first needed. */
export class LazyPosition implements Position {
  private found: Position | undefined;

  constructor(
    private find: (() => Position) | undefined,
    private readonly isKnownSource?: true,
    readonly argument?: number,
  ) {}

  get file() {
    return this.resolved.file;
  }
  get line() {
    return this.resolved.line;
  }
  get column() {
    return this.resolved.column;
  }
  get length() {
    return this.resolved.length;
  }

  get isSource() {
    return this.isKnownSource ?? this.resolved.isSource;
  }

  toJSON(): Position {
    return this.resolved;
  }

  private get resolved(): Position {
    if (!this.found) {
      this.found = this.find!();
      // What it was found in is needed no longer.
      this.find = undefined;
    }
    return this.found;
  }
}
