import { dirname, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Frame, framesIn } from './frame';
import { LazyPosition } from './lazy-position';
import type { Position } from './position';

/** How many frames are noted: the longest way from a user's line through a feature of ours to its `set` has eight. */
const depth = 10;

/** Where this copy of cdknix is. */
export const packageFolder = dirname(__dirname);

const ownFolder = packageFolder + sep;

/**
 * The place in the user's code that led to the running call: the first stack frame outside cdknix and `constructs`.
 *
 * Cheap enough for every definition of a large fleet: the engine notes the frames, and only a place that is asked for is
 * worked out.
 */
export function userPosition(): Position {
  return framePosition(noteStack(), isUserFrame);
}

/** The place where the user made an object: outside the constructors of its own classes. To be called by one of them. */
export function birthPosition(object: object): Position {
  const isOutside = (frame: StackFrame) =>
    isUserFrame(frame) && !(frame.isConstructor() && classNames(object).has(frame.getFunctionName()));
  return framePosition(noteStack(), isOutside);
}

/** Stack frames that the engine has noted; they are worked out when they are asked for. */
export interface Stack {
  readonly stack?: unknown;
}

/**
 * What is asked of a frame (V8's stack trace API). Node's own type would have to be there for whoever compiles against the
 * package's declarations.
 */
export interface StackFrame {
  getFileName(): string | null | undefined;
  getFunctionName(): string | null;
  getLineNumber(): number | null;
  getColumnNumber(): number | null;
  isConstructor(): boolean;
}

type Accept = (frame: StackFrame) => boolean;

/** Notes the frames of the running call, the innermost first; as many as there may be where the limit is read-only. */
export function noteStack(limit = depth): Stack {
  try {
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = limit;
    const noted = new Error();
    Error.stackTraceLimit = stackTraceLimit;
    return noted;
  } catch {
    return new Error();
  }
}

function framePosition(noted: Stack, accept: Accept): Position {
  return new LazyPosition(() => firstFrame(noted, accept));
}

function firstFrame(noted: Stack, accept: Accept): Position {
  return placeOf(framesOf(noted).find(accept));
}

/** The frames of a noted stack. */
export function framesOf(noted: Stack): readonly StackFrame[] {
  const { prepareStackTrace } = Error;
  if (!Reflect.set(Error, 'prepareStackTrace', (_: Error, frames: NodeJS.CallSite[]) => frames)) {
    // Somebody has frozen it: what the loader or the engine makes of the frames is all that there is.
    return framesIn(String(noted.stack), prepareStackTrace !== undefined) as unknown as NodeJS.CallSite[];
  }
  // The engine makes frames of what it noted when the property is first read.
  const frames = noted.stack as StackFrame[];
  Error.prepareStackTrace = prepareStackTrace;
  return frames;
}

/** Where a frame is. */
export function placeOf(frame: StackFrame | undefined): Position {
  const file = frame?.getFileName() ?? '';
  return {
    file: file.startsWith('file:') ? fileURLToPath(file) : file,
    line: frame?.getLineNumber() ?? 1,
    column: frame?.getColumnNumber() ?? 1,
    ...(frame instanceof Frame && frame.at.isSource && { isSource: true }),
  };
}

/** Whether the function of ours that is running was called by one of JavaScript's own, such as `Array.prototype.map`. */
export function isCalledByEngine(): boolean {
  const caller = framesOf(noteStack()).find((frame) => !frame.getFileName()?.startsWith(ownFolder));
  return caller !== undefined && !caller.getFileName();
}

/** Whether a frame is of the user's own code: of none of the packages that it has. */
export function isOwnFrame(frame: StackFrame): boolean {
  return isUserFrame(frame) && !frame.getFileName()!.includes('/node_modules/');
}

function isUserFrame(frame: StackFrame): boolean {
  const file = frame.getFileName();
  return (
    !!file && !file.startsWith('node:') && !file.startsWith(ownFolder) && !file.includes('/node_modules/constructs/')
  );
}

function classNames(object: object): Set<string | null> {
  const names = new Set<string | null>();
  for (let at = Object.getPrototypeOf(object); at; at = Object.getPrototypeOf(at)) names.add(at.constructor.name);
  return names;
}
