import { dirname, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A place in running code; `sourcePosition` maps it to the file that the user wrote. */
export interface Position {
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  /** 1-based. */
  readonly column: number;
}

const ownFolder = dirname(__dirname) + sep;
const interned = new Map<string, Position>();

/**
 * The place in the user's code that led to the running call: the first stack frame outside cdknix and `constructs`.
 *
 * Cheap enough for every definition of a large fleet: nothing is rendered, and equal places are one object.
 */
export function userPosition(): Position | undefined {
  return firstUserFrame(16, isUserFrame) ?? firstUserFrame(200, isUserFrame);
}

/** The place where the user made an object: outside the constructors of its own classes. To be called by one of them. */
export function birthPosition(object: object): Position | undefined {
  const names = new Set<string | null>();
  for (let at = Object.getPrototypeOf(object); at; at = Object.getPrototypeOf(at)) names.add(at.constructor.name);
  const isOutside = (frame: NodeJS.CallSite) =>
    isUserFrame(frame) && !(frame.isConstructor() && names.has(frame.getFunctionName()));
  return firstUserFrame(16, isOutside) ?? firstUserFrame(200, isOutside);
}

function firstUserFrame(depth: number, accept: (frame: NodeJS.CallSite) => boolean): Position | undefined {
  const { prepareStackTrace, stackTraceLimit } = Error;
  const holder: { stack?: unknown } = {};
  Error.stackTraceLimit = depth;
  Error.prepareStackTrace = (_, frames) => frames;
  Error.captureStackTrace(holder, firstUserFrame);
  const frames = holder.stack as NodeJS.CallSite[];
  Error.prepareStackTrace = prepareStackTrace;
  Error.stackTraceLimit = stackTraceLimit;
  for (const frame of frames) {
    if (accept(frame)) return intern(frame.getFileName()!, frame.getLineNumber() ?? 1, frame.getColumnNumber() ?? 1);
  }
  return undefined;
}

function isUserFrame(frame: NodeJS.CallSite): boolean {
  const file = frame.getFileName();
  return (
    !!file && !file.startsWith('node:') && !file.startsWith(ownFolder) && !file.includes('/node_modules/constructs/')
  );
}

function intern(file: string, line: number, column: number): Position {
  const key = `${file}:${line}:${column}`;
  const known = interned.get(key);
  if (known) return known;
  const position = { file: file.startsWith('file:') ? fileURLToPath(file) : file, line, column };
  interned.set(key, position);
  return position;
}
