import type { Diagnostic } from '../../diagnostics';

/** What is said of a secret in plain text. */
export interface SecretProblem extends Pick<Diagnostic, 'message' | 'path' | 'position' | 'related'> {
  /** Whether it can be nothing else than a secret. */
  readonly isCertain: boolean;
  /** What to do about it. */
  readonly remedy: string;
}

/** Where secrets belong, if nothing better is known. */
export const keepOnMachine = 'let sops-nix or agenix put it in a file on the machine, and have it read from there';

/** An error for what is certain, a warning for what only looks like it; both may be acknowledged. */
export function secretDiagnostic({ isCertain, remedy, ...problem }: SecretProblem): Diagnostic {
  const code = isCertain ? 'secret' : 'secret-likely';
  return {
    code,
    severity: isCertain ? 'error' : 'warning',
    help: `everybody on the machine can read the Nix store: ${remedy}; if everybody may know it, acknowledge(construct, '${code}')`,
    ...problem,
  };
}
