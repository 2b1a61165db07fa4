import type { Code } from './typescript/code';

/**
 * What a piece of Nix has become.
 *
 * `reference`: what may be selected from and called; `expression`: another Nix value; `text`, `number`: known to TypeScript;
 * `data`: other values of JavaScript, in which expressions may stand.
 */
export interface Lowered {
  readonly code: Code;
  readonly is: 'reference' | 'expression' | 'text' | 'number' | 'data';
}
