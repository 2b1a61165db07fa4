import type { Definition, Import } from '../module';

/** What one construct says in one configuration. */
export interface Saying {
  readonly definitions: readonly Definition[];
  readonly imports: readonly Import[];
  /** The construct's. */
  readonly path: string;
}
