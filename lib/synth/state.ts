import type { Diagnostic, Position } from '../diagnostics';
import type { Pins } from './state-file';

export const stateFile = 'cdk-like.state.json';

/** Gives each machine and home the `stateVersion` that it was first synthesised with. */
export class Pinning {
  readonly diagnostics: Diagnostic[] = [];
  private readonly next: Map<string, string | number>;

  constructor(private readonly before: Pins) {
    this.next = new Map(before);
  }

  /**
   * @param name the host or home
   * @param given what the user says, if anything
   * @param fallback what a new one gets
   * @param at the construct, and where its `stateVersion` is said
   */
  pin(
    name: string,
    given: string | number | undefined,
    fallback: string | number,
    at: { path: string; position: Position | undefined },
  ): string | number {
    const pinned = this.before.get(name);
    if (pinned !== undefined && given !== undefined && pinned !== given) {
      this.diagnostics.push({
        code: 'state-version-changed',
        severity: 'error',
        message: `the stateVersion of '${name}' is ${show(given)} now and was ${show(pinned)} when it was first synthesised`,
        help:
          'set it once at install and never update it: it tells which data formats the machine has, not which release it runs; ' +
          `to correct a mistake, or to take over a machine that was installed with ${show(given)}, change '${name}' in ${stateFile} as well`,
        path: at.path,
        ...(at.position && { position: at.position }),
      });
    }
    const version = pinned ?? given ?? fallback;
    this.next.set(name, version);
    return version;
  }

  /** All pins; those of machines that are gone stay, as they may come back. */
  get pins(): Pins {
    return this.next;
  }
}

const show = (version: string | number) => (typeof version === 'string' ? `'${version}'` : String(version));
