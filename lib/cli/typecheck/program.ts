import { existsSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type * as ts from 'typescript';
import type { Compiler } from '../../diagnostics/compiler';

/** What is compiled: a project's folder, and the command that runs its app. */
export interface App {
  readonly project: string;
  readonly app: string;
}

/** Whether an app is written in TypeScript, or compiled from it. */
export function isTypeScriptApp({ project, app }: App): boolean {
  return existsSync(join(project, 'tsconfig.json')) || /\.[cm]?tsx?\b/.test(app);
}

/**
 * The program that an app is, with the options that the project's `tsconfig.json` has for it: its file, if the command names
 * one, else all that the `tsconfig.json` names. Nothing where neither can be told.
 */
export function programOf(compiler: Compiler, { project, app }: App): ts.Program | undefined {
  const file = join(project, 'tsconfig.json');
  const config = existsSync(file) ? parsedConfig(compiler, file, project) : undefined;
  const entry = entryOf(app, project);
  const rootNames = entry && isTypeScript(entry) ? [entry] : config?.fileNames;
  if (!rootNames?.length) return undefined;
  const { ScriptTarget, ModuleKind, ModuleResolutionKind } = compiler;
  const options: ts.CompilerOptions = {
    target: ScriptTarget.ES2022,
    module: ModuleKind.Node16,
    moduleResolution: ModuleResolutionKind.Node16,
    strict: true,
    ...config?.options,
    noEmit: true,
    skipLibCheck: true,
  };
  return compiler.createProgram({ rootNames, options });
}

const isTypeScript = (file: string) => /\.[cm]?tsx?$/.test(file);

/** What a `tsconfig.json` says. */
export function parsedConfig(compiler: Compiler, file: string, project: string): ts.ParsedCommandLine {
  const { config } = compiler.readConfigFile(file, compiler.sys.readFile);
  return compiler.parseJsonConfigFileContent(config ?? {}, compiler.sys, project);
}

/** The file that a command runs. */
function entryOf(app: string, project: string): string | undefined {
  const words = app.split(/\s+/).map((word) => word.replace(/^['"]|['"]$/g, ''));
  const names = words.filter((word) => /\.[cm]?[jt]sx?$/.test(word)).map((word) => resolve(project, word));
  return names.find((name) => statSync(name, { throwIfNoEntry: false })?.isFile());
}
