import { createRequire } from 'node:module';
import type * as ts from 'typescript';

/** The part of TypeScript's API that reads sources. */
export type Compiler = typeof ts;

/** TypeScript 7 has no API for programs; the second package is version 6 beside it. */
const packages = ['typescript', '@typescript/typescript6'];

const found = new Map<string, Compiler | undefined>();

/**
 * The compiler of the project that a file belongs to, else one beside cdknix; nothing where there is none with an API.
 * It takes a moment to load, so ask when there is something to show.
 */
export function compilerFor(file: string): Compiler | undefined {
  for (const from of [file, __filename]) {
    for (const name of packages) {
      const compiler = load(from, name);
      if (compiler) return compiler;
    }
  }
  return undefined;
}

function load(from: string, name: string): Compiler | undefined {
  const require = createRequire(from);
  try {
    const path = require.resolve(name);
    if (!found.has(path)) {
      const compiler = require(path) as Partial<Compiler>;
      found.set(path, typeof compiler.createSourceFile === 'function' ? (compiler as Compiler) : undefined);
    }
    return found.get(path);
  } catch {
    return undefined;
  }
}
