import type { Position } from './position';

/** A stack frame at a position, as `Error.prepareStackTrace` is given them (V8's stack trace API). */
export class Frame {
  constructor(
    readonly at: Position,
    private readonly name: string | null = null,
  ) {}

  getFileName() {
    return this.at.file;
  }
  getScriptNameOrSourceURL() {
    return this.at.file;
  }
  getLineNumber() {
    return this.at.line;
  }
  getColumnNumber() {
    return this.at.column;
  }
  toString() {
    return `${this.at.file}:${this.at.line}:${this.at.column}`;
  }
  isToplevel() {
    return true;
  }
  isNative() {
    return false;
  }
  isEval() {
    return false;
  }
  isConstructor() {
    return this.name?.startsWith('new ') ?? false;
  }
  isAsync() {
    return false;
  }
  isPromiseAll() {
    return false;
  }
  getPosition() {
    return 0;
  }
  getFunctionName() {
    return this.name?.replace(/^new /, '') ?? null;
  }
  getMethodName() {
    return null;
  }
  getTypeName() {
    return null;
  }
  getPromiseIndex() {
    return null;
  }
  getEvalOrigin() {
    return undefined;
  }
  getFunction() {
    return undefined;
  }
  getThis() {
    return undefined;
  }
}

/**
 * The frames in the text of a stack.
 *
 * @param areSources whether a loader has mapped them to the user's files
 */
export function framesIn(stack: string, areSources: boolean): Frame[] {
  return stack.split('\n').flatMap((line) => {
    const [, name, file, row, column] = /^\s+at (?:(?:async )?(.+?) \((?=.*\)$))?(.+):(\d+):(\d+)\)?$/.exec(line) ?? [];
    if (file === undefined) return [];
    const at = { file, line: Number(row), column: Number(column), ...(areSources && { isSource: true as const }) };
    return new Frame(at, name);
  });
}
