import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type * as ts from 'typescript';
import type { Compilation } from '../../convert/compile';
import { compilerFor } from '../../diagnostics/compiler';
import { packageRoot } from '../package-info';
import { parsedConfig } from '../typecheck/program';

/**
 * What a project compiles with: its own compiler, and what its `tsconfig.json` says. What it has not installed is taken from
 * beside cdknix. Nothing where there is no TypeScript with an API.
 *
 * @param folder of the project
 */
export function compilationFor(folder: string): Compilation | undefined {
  const inside = join(folder, 'converted.ts');
  const compiler = compilerFor(inside);
  if (!compiler) return undefined;
  const { ScriptTarget, ModuleKind, ModuleResolutionKind } = compiler;
  const file = join(folder, 'tsconfig.json');
  const config = existsSync(file) ? parsedConfig(compiler, file, folder) : undefined;
  const options: ts.CompilerOptions = {
    target: ScriptTarget.ES2022,
    module: ModuleKind.Node16,
    moduleResolution: ModuleResolutionKind.Node16,
    strict: true,
    ...config?.options,
    skipLibCheck: true,
  };
  const isInstalled = (name: string) =>
    compiler.resolveModuleName(name, inside, options, compiler.sys).resolvedModule !== undefined;
  const missing = ['cdknix', 'constructs'].filter((name) => !isInstalled(name));
  const paths = Object.fromEntries(missing.map((name) => [name, [besideUs[name]!]]));
  return {
    compiler,
    options: missing.length ? { ...options, paths: { ...options.paths, ...paths } } : options,
    others: config?.fileNames ?? [],
  };
}

const besideUs: Readonly<Record<string, string>> = {
  cdknix: join(packageRoot, 'dist/index.d.ts'),
  constructs: join(require.resolve('constructs'), '../index.d.ts'),
};
