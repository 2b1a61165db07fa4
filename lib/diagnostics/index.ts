export { decodedText } from './decoded-text';
export type { Diagnostic, Fix } from './diagnostic';
export { CdknixError, failure, sanitizedDiagnostic } from './error';
export { leafOf, leafPosition } from './leaf';
export {
  birthPosition,
  framesOf,
  isOwnFrame,
  LazyPosition,
  noteStack,
  type Place,
  type Position,
  packageFolder,
  placeOf,
  positionAt,
  positionsIn,
  type Stack,
  type StackFrame,
  userPosition,
} from './position';
export { fileRedactions } from './redacted-file';
export { redactedPosition } from './redacted-position';
export { placeLines, renderAll, showPosition, styledDiagnostics } from './render';
export { sourcePosition } from './source-position';
export { joined, plainText, type Style, type Styled, segmentsOf, styled } from './styled';
