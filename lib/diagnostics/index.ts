export { decodedText } from './decoded-text';
export type { Diagnostic, Fix } from './diagnostic';
export { CdknixError, failure, sanitizedDiagnostic } from './error';
export { LazyPosition } from './lazy-position';
export { leafOf, leafPosition, positionOfArgument } from './leaf';
export type { Place, Position } from './position';
export { fileRedactions } from './redacted-file';
export { redactedPosition } from './redacted-position';
export { placeLines, renderAll, showPosition, styledDiagnostics } from './render';
export { sourcePosition } from './source-position';
export {
  birthPosition,
  framesOf,
  isOwnFrame,
  noteStack,
  packageFolder,
  placeOf,
  type Stack,
  type StackFrame,
  userPosition,
} from './stack';
export { joined, plainText, type Style, type Styled, segmentsOf, styled } from './styled';
export { positionAt, positionsIn } from './text-position';
