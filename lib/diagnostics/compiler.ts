import { createRequire } from 'node:module';
import type * as ts from 'typescript';
import type { Diagnostic } from './diagnostic';

/** The part of TypeScript's API that reads sources. */
export type Compiler = typeof ts;

/** A package of TypeScript. */
export interface InstalledCompiler {
  readonly version: string;
  /** Absent where it has none that reads sources, as TypeScript 7. */
  readonly api?: Compiler;
}

/** The second one is version 6 beside TypeScript 7. */
const packages = ['typescript', '@typescript/typescript6'];

const loaded = new Map<string, InstalledCompiler>();

/** What could not be read for want of a compiler, the first of it. */
let unread: { readonly file: string; readonly version: string | undefined } | undefined;

/**
 * The compiler of the project that a file belongs to, else one beside cdknix; nothing where there is none with an API.
 * It takes a moment to load, so ask when there is something to show.
 */
export function compilerFor(file: string): Compiler | undefined {
  let version: string | undefined;
  for (const from of [file, __filename]) {
    for (const name of packages) {
      const found = installedCompiler(name, from);
      if (found?.api) return found.api;
      version ??= found?.version;
    }
  }
  unread ??= { file, version };
  return undefined;
}

/** A package of TypeScript as a file finds it; nothing if it is not there. */
export function installedCompiler(name: string, from: string): InstalledCompiler | undefined {
  const require = createRequire(from);
  try {
    const path = require.resolve(name);
    let known = loaded.get(path);
    if (!known) {
      const api = require(path) as Partial<Compiler> & { readonly version: string };
      known = { version: api.version, ...(typeof api.createSourceFile === 'function' && { api: api as Compiler }) };
      loaded.set(path, known);
    }
    return known;
  } catch {
    return undefined;
  }
}

/** The code of `unreadSources`. */
export const unreadCode = 'typescript-api';

/** What to say where places were asked for, and nothing could read the sources that they are in. */
export function unreadSources(): Diagnostic | undefined {
  // Who writes JavaScript need not have a compiler.
  if (!unread || (unread.version === undefined && /\.[cm]?jsx?$/.test(unread.file))) return undefined;
  const { version } = unread;
  const why = version === undefined ? 'there is no TypeScript' : `TypeScript ${version} has no API`;
  const beside = version === undefined ? '' : ', which goes beside it';
  return {
    code: unreadCode,
    severity: 'warning',
    message: `${why} to read the sources with, so that the place of a call stands for what is in it`,
    help: `npm install --save-dev @typescript/typescript6${beside}`,
  };
}
