import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Diagnostic } from '../../diagnostics';
import { installedCompiler } from '../../diagnostics/compiler';

/** Why an app ended with an error, as far as that is of what runs it. */
export type RunnerProblem = Pick<Diagnostic, 'code' | 'message' | 'help'>;

const tsNode = /\bts-node\b/;

/** Not the end of a file's name. */
const tsx = /(?<![\w.-])tsx\b/;

/** TypeScript 6 beside 7. */
const six = '@typescript/typescript6';

/**
 * What is wrong with the program that runs an app: a package that it needs, or one that is too new or too old for it.
 *
 * @param env what the app is run with
 */
export function runnerProblem(app: string, project: string, env: NodeJS.ProcessEnv): RunnerProblem | undefined {
  const command = withScripts(app, project);
  return (
    missingPackages(app, command, project) ??
    compilerWithoutApi(app, command, project) ??
    nodeWithoutTypes(app, command, project, env)
  );
}

/** What to do where the program that runs an app is not there. */
export function runnerMissing(app: string): string {
  const packages = tsNode.test(app) ? 'ts-node typescript@6 @swc/core' : tsx.test(app) ? 'tsx' : undefined;
  if (packages === undefined) return 'install what it needs (npm install), or correct the command';
  return `npm install, or, if package.json does not name it, npm install --save-dev ${packages}`;
}

/** The command of an app, and those of the scripts of package.json that it runs. */
function withScripts(app: string, project: string): string {
  const [program, ...words] = app.split(/\s+/);
  if (!/^(npm|pnpm|yarn)$/.test(program!)) return app;
  const scripts = scriptsOf(project);
  return [app, ...words.flatMap((word) => (Object.hasOwn(scripts, word) ? [scripts[word]] : []))].join('\n');
}

function scriptsOf(project: string): Readonly<Record<string, unknown>> {
  try {
    const { scripts } = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8'));
    return scripts ?? {};
  } catch {
    return {};
  }
}

/** The compiler that ts-node is told to use (its manual, "compiler"); nothing if it does not run the app. */
function compilerOf(command: string): string | undefined {
  if (!tsNode.test(command)) return undefined;
  const [, given] = /(?:--compiler[= ]|-C[= ]|TS_NODE_COMPILER=)(\S+)/.exec(command) ?? [];
  return given ?? process.env.TS_NODE_COMPILER ?? 'typescript';
}

function missingPackages(app: string, command: string, project: string): RunnerProblem | undefined {
  const compiler = compilerOf(command);
  const needed = [
    ...(compiler === undefined ? [] : [compiler]),
    ...(compiler !== undefined && /--swc\b/.test(command) ? ['@swc/core'] : []),
    ...(tsx.test(command) ? ['tsx'] : []),
  ];
  const { resolve } = createRequire(join(project, 'x'));
  const missing = needed.filter((name) => {
    try {
      return !resolve(`${name}/package.json`);
    } catch {
      return true;
    }
  });
  if (!missing.length) return undefined;
  return {
    code: 'app-needs',
    message: `the app '${app}' needs ${missing.join(' and ')}, which the project does not have`,
    help: `npm install, or, if package.json does not name them, npm install --save-dev ${missing.map(installed).join(' ')}`,
  };
}

/** What npm is to install for ts-node, which works with no newer compiler. */
const installed = (name: string) => (name === 'typescript' ? 'typescript@6' : name);

/** ts-node works with the API that TypeScript had before version 7, and ends with a TypeError where there is none. */
function compilerWithoutApi(app: string, command: string, project: string): RunnerProblem | undefined {
  const compiler = compilerOf(command);
  const found = compiler === undefined ? undefined : installedCompiler(compiler, join(project, 'x'));
  if (!found || found.api) return undefined;
  return {
    code: 'app-compiler',
    message: `the app '${app}' cannot run: ts-node needs an API that TypeScript ${found.version} does not have`,
    help:
      `npm install --save-dev tsx ${six}, and write "app": "tsx ${fileOf(command)}" in cdk-like.json; ` +
      `or stay with ts-node, and give it version 6: "app": "TS_NODE_COMPILER=${six} ${app}"`,
  };
}

/** Node runs TypeScript since 22.18 (its manual, "Modules: TypeScript"). */
function nodeWithoutTypes(
  app: string,
  command: string,
  project: string,
  env: NodeJS.ProcessEnv,
): RunnerProblem | undefined {
  const hasLoader = /\s(?:-r|--require|--import|--loader|--experimental-\S+)\b/.test(command);
  if (hasLoader || !/(?<![\w.-])node\s[^\n;&|]*\.[cm]?ts\b/.test(command)) return undefined;
  const script = 'process.features.typescript ? "" : process.versions.node';
  const version = spawnSync('node', ['-p', script], { cwd: project, env, encoding: 'utf8' }).stdout?.trim();
  if (!version) return undefined;
  return {
    code: 'app-node',
    message: `the app '${app}' cannot run: Node ${version} does not run TypeScript`,
    help: `use Node 22.18 or newer; or npm install --save-dev tsx, and write "app": "tsx ${fileOf(command)}" in cdk-like.json`,
  };
}

/** The file that a command runs. */
const fileOf = (command: string) => /[^\s'"]+\.[cm]?tsx?\b/.exec(command)?.[0] ?? 'main.ts';
