export { CdknixError, type Diagnostic, type Fix, failure } from './diagnostic';
export { leafOf, leafPosition } from './leaf';
export { birthPosition, type Place, type Position, positionAt, userPosition } from './position';
export { type Paint, render, renderAll, showPosition } from './render';
export { sourcePosition } from './source-position';
export { veil, veiled } from './veil';
