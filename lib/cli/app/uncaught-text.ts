import { fileURLToPath } from 'node:url';
import type { Position } from '../../diagnostics';

/** A call on the way to where an error was thrown. */
export interface StackFrame {
  /** What was called; none for the code of a file itself. */
  readonly name?: string;
  readonly position: Position;
}

/** What Node, or a loader in it, prints of something that nobody caught. */
export interface UncaughtText {
  /** `TypeError`; none for what is no error. */
  readonly name?: string;
  /** `ERR_MODULE_NOT_FOUND`. */
  readonly code?: string;
  /** All of it, and what stands between it and the frames. */
  readonly message: string;
  readonly frames: readonly StackFrame[];
  /** The line that Node shows above the error. */
  readonly header?: Position;
  readonly cause?: UncaughtText;
}

const header = /^((?:file:\/\/|\/|node:|[A-Za-z]:[\\/]).*):(\d+)$/;
const marks = /^(\s*)\^+\s*$/;
const head = /^(?:Uncaught )?([A-Za-z_$][\w$.]*)(?: \[(\w+)\])?(?:: (.*))?$/;
const errorName = /(?:Error|Exception|Rejection)$/;
const frame = /^\s+at (?:async )?(?:(.+?) \((?=.*\)(?: \{)?$))?(.+?):(\d+):(\d+)\)?(?: \{)?$/;
const anyFrame = /^\s+at \S/;
const cause = /^\s*\[cause\]: (.*)$/;
const codeProperty = /^\s+code: '(\w+)'/m;

/** Whether a line may be the first of an error that nobody caught. */
export function mayBeginUncaught(line: string): boolean {
  return header.test(line) || isHead(line);
}

/** Whether a line may go on in an error that has begun, once its frames have. */
export function mayFollowFrames(line: string): boolean {
  return line.trim() === '' || /^[\s{}[\]]/.test(line) || /^(?:Node\.js v|Thrown at:)/.test(line);
}

export const isFrame = (line: string): boolean => anyFrame.test(line);

function isHead(line: string): boolean {
  const [, name] = head.exec(line) ?? [];
  return name !== undefined && errorName.test(name);
}

/** Reads the error at the end of what a program has printed; nothing, if it ends in another way. */
export function readUncaught(printed: string): UncaughtText | undefined {
  const lines = printed.split(/\r?\n/).filter((line) => !/^Node\.js v[\d.]+$/.test(line));
  while (lines.at(-1)?.trim() === '') lines.pop();
  const begin = lines.findLastIndex((line, i) => header.test(line) && marksBelow(lines, i) > 0);
  if (begin >= 0) {
    const below = marksBelow(lines, begin);
    return { ...readError(lines.slice(below + 1)), header: headerPosition(lines[begin]!, lines[below]!) };
  }
  const lastFrame = lines.findLastIndex(isFrame);
  const firstHead = lines.slice(0, lastFrame + 1).findLastIndex(isHead);
  return firstHead < 0 ? undefined : readError(lines.slice(firstHead));
}

/** Where the marks under the line of a header are; 0 if there are none. */
function marksBelow(lines: readonly string[], begin: number): number {
  const found = lines.slice(begin + 1, begin + 6).findIndex((line) => marks.test(line));
  return found < 0 ? 0 : begin + 1 + found;
}

function headerPosition(line: string, below: string): Position {
  const [, file = '', row] = header.exec(line)!;
  const [, indent = ''] = marks.exec(below)!;
  return { file: plainPath(file), line: Number(row), column: indent.length + 1 };
}

function readError(lines: readonly string[]): UncaughtText {
  const start = lines.findIndex((line) => line.trim() !== '');
  const body = lines.slice(Math.max(start, 0));
  const inner = body.findIndex((line) => cause.test(line));
  const own = inner < 0 ? body : body.slice(0, inner);
  const firstFrame = own.findIndex(isFrame);
  const words = (firstFrame < 0 ? own : own.slice(0, firstFrame)).filter((line) => !traceHint.test(line));
  const [, name, bracketed, rest = ''] = head.exec(words[0] ?? '') ?? [];
  const isError = name !== undefined && (errorName.test(name) || firstFrame >= 0);
  const message = (isError ? [rest, ...words.slice(1)] : words).join('\n').trim();
  const code = bracketed ?? codeProperty.exec(own.slice(firstFrame + 1).join('\n'))?.[1];
  return {
    ...(isError && { name }),
    ...(code !== undefined && { code }),
    message,
    frames: own.flatMap((line) => frameOf(line) ?? []),
    ...(inner >= 0 && { cause: readError([cause.exec(body[inner]!)![1]!, ...body.slice(inner + 1)]) }),
  };
}

const traceHint = /^\(Use `node --trace-uncaught/;

function frameOf(line: string): StackFrame | undefined {
  const [, name, file, row, column] = frame.exec(line) ?? [];
  if (file === undefined) return undefined;
  const position = { file: plainPath(file), line: Number(row), column: Number(column) };
  const isCall = name !== undefined && !/^(?:Object\.)?<anonymous>$|^ModuleJob|^file:/.test(name);
  return { ...(isCall && { name: name.replace(/^Object\./, '') }), position };
}

const plainPath = (path: string) => (path.startsWith('file:') ? fileURLToPath(path) : path);
