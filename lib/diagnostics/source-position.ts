import { readFileSync } from 'node:fs';
import { findSourceMap, SourceMap, type SourceMapPayload } from 'node:module';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Frame } from './frame';
import type { Position } from './position';

/**
 * The place in the user's own file for a place in running code: follows the source map of whatever compiled it (ts-node,
 * vitest, a loader that registers its maps with Node, or `tsc`). Without a map, the place itself.
 */
export function sourcePosition(position: Position): Position {
  if (position.isSource) return plain(position);
  const { file, line, column } = byLoader(position) ?? byMap(position) ?? position;
  return plain({ file, line, column, argument: position.argument });
}

/** A position as plain data: others find out what they are when they are read. */
function plain({ file, line, column, length, argument, excerpt }: Position): Position {
  return {
    file,
    line,
    column,
    ...(length !== undefined && { length }),
    isSource: true,
    ...(argument !== undefined && { argument }),
    ...(excerpt !== undefined && { excerpt }),
  };
}

/** Loaders that compile in memory teach `Error.prepareStackTrace` to map frames: it is asked about one. */
function byLoader(position: Position): Position | undefined {
  if (!Error.prepareStackTrace) return undefined;
  try {
    const trace = String(Error.prepareStackTrace(new Error(''), [new Frame(position) as unknown as NodeJS.CallSite]));
    const mapped = placeInTrace(trace);
    if (!mapped) return undefined;
    const same = mapped.line === position.line && mapped.column === position.column;
    return same ? undefined : mapped;
  } catch {
    return undefined;
  }
}

/** The place in a trace of one frame; a path may hold whatever stands around places elsewhere. */
function placeInTrace(trace: string): Position | undefined {
  const [, frame = ''] = /\n\s*at ([\s\S]*)$/.exec(trace) ?? [];
  const form = frame.endsWith(')') ? /^.*? \(([\s\S]+):(\d+):(\d+)\)$/ : /^([\s\S]+):(\d+):(\d+)$/;
  const [, file, line, column] = form.exec(frame) ?? [];
  return file === undefined ? undefined : { file: plainPath(file), line: Number(line), column: Number(column) };
}

const maps = new Map<string, SourceMap | undefined>();

function byMap(position: Position): Position | undefined {
  const { file } = position;
  if (!maps.has(file)) maps.set(file, findSourceMap(file) ?? mapBeside(file));
  const entry = maps.get(file)?.findEntry(position.line - 1, position.column - 1);
  if (!entry || !('originalSource' in entry) || !entry.originalSource) return undefined;
  return {
    file: resolve(dirname(file), plainPath(entry.originalSource)),
    line: entry.originalLine + 1,
    column: entry.originalColumn + 1,
  };
}

function mapBeside(file: string): SourceMap | undefined {
  if (!/\.[cm]?js$/.test(file)) return undefined;
  try {
    const url = /\/\/# sourceMappingURL=(\S+)\s*$/.exec(readFileSync(file, 'utf8'))?.[1];
    if (!url) return undefined;
    const inline = /^data:application\/json[^,]*;base64,(.*)$/.exec(url)?.[1];
    const json = inline
      ? Buffer.from(inline, 'base64').toString('utf8')
      : readFileSync(resolve(dirname(file), decodeURIComponent(url)), 'utf8');
    return new SourceMap(JSON.parse(json) as SourceMapPayload);
  } catch {
    return undefined;
  }
}

const plainPath = (path: string) => (path.startsWith('file:') ? fileURLToPath(path) : path);
