import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve, sep } from 'node:path';
import { type Diagnostic, type Position, positionAt, sourcePosition } from '../../diagnostics';
import type { Config } from '../project/config';
import { compilerErrorsIn, wordsOfModule } from './compiler-errors';
import { readUncaught, type StackFrame, type UncaughtText } from './uncaught-text';

/**
 * What is wrong with an app, by what it has printed: an error that nobody caught, shown at the user's own lines.
 *
 * @returns nothing if what it printed does not end with such an error
 */
export function uncaughtProblems(printed: string, { project }: Config): Diagnostic[] | undefined {
  const error = readUncaught(printed);
  if (!error) return undefined;
  const compiled = compilerErrorsIn(error.message, project);
  if (compiled.length) return compiled;
  return [missingModule(error) ?? wrongSyntax(error) ?? thrown(error)];
}

/** A module that cannot be found (Node, "Errors": MODULE_NOT_FOUND and ERR_MODULE_NOT_FOUND). */
function missingModule(error: UncaughtText): Diagnostic | undefined {
  const [, name, importer] =
    /^Cannot find (?:module|package) '(.+?)'(?: imported from (.+?))?$/m.exec(error.message) ?? [];
  const isMissing = error.code === undefined || /^(?:ERR_)?MODULE_NOT_FOUND$/.test(error.code);
  if (name === undefined || !isMissing) return undefined;
  const [, required] = /^Require stack:\n- (.+)$/m.exec(error.message) ?? [];
  const from = importer ?? required ?? userFrames(error)[0]?.position.file;
  const place = from === undefined ? undefined : importOf(name, sourceFile(from));
  return {
    ...wordsOfModule(place?.text ?? name),
    severity: 'error',
    ...(place && { position: place.at }),
  };
}

/** A file as the user wrote it: what was compiled leads to its source. */
function sourceFile(path: string): string {
  const file = path.replace(/^file:\/\//, '');
  return existsSync(file) ? sourcePosition({ file, line: 1, column: 1 }).file : file;
}

/** Where a file imports a module, and as what; ES modules are told by where they would be. */
function importOf(name: string, file: string): { readonly at: Position; readonly text: string } | undefined {
  const text = readText(file);
  if (text === undefined) return undefined;
  for (const match of text.matchAll(/\b(?:from|import|require)\b\s*\(?\s*(['"`])(.+?)\1/g)) {
    const written = match[2]!;
    const target = written.startsWith('.') ? resolve(dirname(file), written) : written;
    const isMeant =
      written === name || target === name || name.startsWith(`${target}.`) || written.startsWith(`${name}/`);
    if (!isMeant) continue;
    const start = match.index + match[0].length - written.length - 2;
    return { at: { ...positionAt(file, text, start), length: written.length + 2, isSource: true }, text: written };
  }
  return undefined;
}

/** Code that Node cannot read, which it shows by the line alone. */
function wrongSyntax({ name, message, header }: UncaughtText): Diagnostic | undefined {
  if (name !== 'SyntaxError' || !header || !isOfUser(header)) return undefined;
  return {
    code: 'app-syntax',
    severity: 'error',
    message: firstLine(message),
    position: sourcePosition(header),
    help: 'correct the code',
  };
}

/** How many calls are worth the space. */
const mostCalls = 5;

function thrown(error: UncaughtText): Diagnostic {
  const { name, message, header, cause } = error;
  const [, rejected] = /rejected with the reason "([\s\S]*)"\.$/.exec(message) ?? [];
  const isValue = name === undefined || rejected !== undefined;
  const value = rejected ?? message;
  const frames = userFrames(error);
  const [first = header && isOfUser(header) ? { position: header } : undefined, ...callers] = frames;
  const causes = cause ? causeOf(cause) : [];
  const others = callers.slice(0, mostCalls).map(({ name: caller, position }) => ({
    message: caller === undefined ? 'called here:' : `called in ${caller}:`,
    position: sourcePosition(position),
  }));
  const related = [...restOf(message, isValue), ...causes, ...others];
  return {
    code: 'app-threw',
    severity: 'error',
    message: isValue ? wordsOfValue(value, rejected !== undefined) : `${name}: ${firstLine(message)}`,
    ...(first && { position: sourcePosition(first.position) }),
    ...(related.length && { related }),
    help: isValue ? "throw an Error, which knows where it is from: new Error('…')" : 'the app ended with this error',
  };
}

function wordsOfValue(value: string, isRejected: boolean): string {
  const line = firstLine(value);
  // A text is printed with its quotes, or without.
  const shown = /^['"`[{(<\d-]|^(?:undefined|null|true|false|Symbol\()/.test(line) ? line : `'${line}'`;
  return isRejected ? `a promise was rejected with ${shown}, and nothing caught that` : `the app threw ${shown}`;
}

/** What an error says below its first line. */
function restOf(message: string, isValue: boolean): { message: string }[] {
  if (isValue) return [];
  return message
    .split('\n')
    .slice(1)
    .filter((line) => line.trim() !== '')
    .slice(0, mostCalls)
    .map((line) => ({ message: line }));
}

function causeOf({ name, message, frames }: UncaughtText): { message: string; position?: Position }[] {
  const own = frames.find((one) => isOfUser(one.position));
  const words = name === undefined ? message : `${name}: ${message}`;
  return [{ message: `caused by ${firstLine(words)}`, ...(own && { position: sourcePosition(own.position) }) }];
}

const firstLine = (text: string) => text.split('\n')[0] || 'nothing is said';

/** The calls in the user's own files, the innermost first. */
function userFrames({ frames }: UncaughtText): StackFrame[] {
  const own = frames.filter(({ position }) => isOfUser(position));
  // Loaders give the code of a file more than one frame.
  return own.filter(({ position, name }, i) => {
    const before = own[i - 1];
    return !(before && name === undefined && before.name === undefined && before.position.line === position.line);
  });
}

/** The package of the command line, wherever it lies. */
const ownPackage = join(__dirname, '..', '..');
const ownFolders = [join(ownPackage, 'dist'), join(ownPackage, 'lib')].map((folder) => folder + sep);

function isOfUser({ file }: Position): boolean {
  return (
    /^(?:\/|[A-Za-z]:[\\/])/.test(file) &&
    !/[\\/]node_modules[\\/]/.test(file) &&
    !ownFolders.some((folder) => file.startsWith(folder)) &&
    existsSync(file)
  );
}

function readText(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
