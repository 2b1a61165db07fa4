import { constants } from 'node:os';

/** The user has stopped us. */
export class Interrupted extends Error {
  /** As a shell tells it: 130 for Ctrl-C. */
  readonly exitCode: number;

  constructor(signal: NodeJS.Signals) {
    super(`stopped by ${signal}`);
    this.exitCode = 128 + constants.signals[signal];
  }
}
