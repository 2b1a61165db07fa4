export { CdknixError, type Diagnostic, failure } from './diagnostic';
export { birthPosition, type Position, positionAt, userPosition } from './position';
export { type Paint, render, renderAll, showPosition } from './render';
export { sourcePosition } from './source-position';
