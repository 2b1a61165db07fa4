export type { Diagnostic, Fix } from './diagnostic';
export { CdknixError, failure } from './error';
export { leafOf, leafPosition } from './leaf';
export { birthPosition, LazyPosition, type Place, type Position, positionAt, userPosition } from './position';
export { redacted, redaction } from './redact';
export { type Paint, render, renderAll, showPosition } from './render';
export { sourcePosition } from './source-position';
