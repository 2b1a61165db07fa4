import type { Position } from './position';

/** A stack frame at a position, as `Error.prepareStackTrace` is given them (V8's stack trace API). */
export class Frame {
  constructor(private readonly at: Position) {}

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
    return false;
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
    return null;
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
