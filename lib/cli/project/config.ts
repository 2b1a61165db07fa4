import { readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { closest, distance } from 'fastest-levenshtein';
import { type Diagnostic, type Position, positionAt } from '../../diagnostics';
import { JsonError, type JsonMember, parseJsonObject } from '../../synth/json-object';
import { realPath } from '../../synth/real-path';
import { UsageError, usageError } from '../terminal/usage-error';
import { checkOutput } from './output-folder';

/** Marks the root of a project, and says how it is synthesised. */
export const configFile = 'cdk-like.json';

/** What the command line says about the project. */
export interface ProjectOptions {
  readonly app?: string;
  readonly output?: string;
  readonly project?: string;
}

/** A project, as its `cdk-like.json` and the command line describe it. */
export interface Config {
  /** The project's folder. */
  readonly project: string;
  /** The shell command that runs the app. */
  readonly app: string;
  /** Where `cdk-like.json` says so, if it does. */
  readonly appPosition?: Position;
  /** The output folder, absolute. */
  readonly outdir: string;
  /** Flags that Nix is given whenever a command runs it; relative paths in them start at the project. */
  readonly nix?: readonly string[];
}

const keys = ['app', 'output', 'nix'] as const;
type Key = (typeof keys)[number];

/** One thing that is wrong with the configuration. */
type Problem = Omit<Diagnostic, 'severity'>;

/**
 * Reads the configuration of the project that the working directory is in.
 *
 * @throws UsageError with everything that is wrong with it
 */
export function readConfig(options: ProjectOptions): Config {
  const project = findProject(options);
  const file = join(project, configFile);
  const text = readText(file);
  const members = text === undefined ? [] : readMembers(file, text);
  const problems = [...unknownKeys(members, file, text), ...repeatedKeys(members, file, text)];

  const member = (key: Key) => members.find((one) => one.key === key);
  const at = (offset: number | undefined) => (offset === undefined ? undefined : positionAt(file, text!, offset));
  const given = (key: 'app' | 'output') => (options[key] === undefined ? member(key)?.value : options[key]);
  const app = given('app');
  const appPosition = options.app === undefined ? at(member('app')?.valueAt) : undefined;
  const problem = checkApp(app);
  if (problem) problems.push({ ...problem, position: appPosition ?? at(text === undefined ? undefined : 0) });

  const output = given('output');
  const checked = checkOutput(output === undefined ? 'nix' : output, project, options.output === undefined);
  if (typeof checked !== 'string') {
    problems.push({ ...checked, position: options.output === undefined ? at(member('output')?.valueAt) : undefined });
  }

  const nix = member('nix')?.value;
  const flaw = checkNix(nix);
  if (flaw) problems.push({ ...flaw, position: at(member('nix')?.valueAt) });

  if (problems.length) throw new UsageError(problems.map((one) => ({ severity: 'error', ...one })));
  return {
    project,
    app: app as string,
    ...(appPosition && { appPosition }),
    outdir: checked as string,
    ...(nix !== undefined && { nix: nix as string[] }),
  };
}

/** The folder of the project: given, or the nearest one above with a `cdk-like.json`. */
function findProject({ app, project }: ProjectOptions): string {
  if (project !== undefined) {
    const folder = resolve(project);
    if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) {
      throw usageError({
        code: 'project-missing',
        message: `--project: there is no folder '${project}'`,
        help: `name the folder that has the project's ${configFile}`,
      });
    }
    if (isThere(folder) || app !== undefined) return realPath(folder);
    throw missing(`in '${project}'`);
  }
  const start = process.cwd();
  for (let folder = start; ; folder = dirname(folder)) {
    if (isThere(folder)) return folder;
    if (dirname(folder) === folder) break;
  }
  if (app !== undefined) return start;
  throw missing(`in ${start} or above it`);
}

const isThere = (folder: string) => statSync(join(folder, configFile), { throwIfNoEntry: false }) !== undefined;

function missing(where: string): UsageError {
  return usageError({
    code: 'config-missing',
    message: `there is no ${configFile} ${where}`,
    help: 'go to your project, name it with --project <folder>, or make a new one with: cdknix init <folder>',
  });
}

/** The text of a file, if it is there. */
function readText(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw usageError({
      code: 'config-unreadable',
      message: `cannot read ${file}: ${(error as Error).message}`,
      help: 'it has to be a file that you may read',
    });
  }
}

function readMembers(file: string, text: string): JsonMember[] {
  try {
    return parseJsonObject(text);
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    throw usageError({
      code: 'config-json',
      message: `cannot read ${configFile}: ${error.message}`,
      position: positionAt(file, text, error.at),
      help: 'write it like this: { "app": "ts-node --swc main.ts", "output": "nix" }',
    });
  }
}

function unknownKeys(members: readonly JsonMember[], file: string, text = ''): Problem[] {
  // Editors write and read it, to know which schema the file has.
  const known: readonly string[] = [...keys, '$schema'];
  return members
    .filter((member) => !known.includes(member.key))
    .map(({ key, keyAt }) => ({
      code: 'config-key',
      message: `${configFile} has the unknown key '${key}'`,
      position: positionAt(file, text, keyAt),
      help: `${suggestion(key)}known: ${keys.join(', ')}`,
    }));
}

function suggestion(key: string): string {
  const near = closest(key.toLowerCase(), keys);
  return distance(key.toLowerCase(), near) <= 3 ? `did you mean '${near}'? ` : '';
}

function repeatedKeys(members: readonly JsonMember[], file: string, text = ''): Problem[] {
  return members
    .filter((member, i) => members.findIndex((other) => other.key === member.key) < i)
    .map(({ key, keyAt }) => ({
      code: 'config-key',
      message: `${configFile} has the key '${key}' twice`,
      position: positionAt(file, text, keyAt),
      help: 'remove one of them',
    }));
}

function checkApp(app: unknown): Problem | undefined {
  const help = 'write the command that runs your app, for example "ts-node --swc main.ts"';
  if (app === undefined) return { code: 'config-app', message: `${configFile} has no app`, help };
  if (typeof app !== 'string') {
    return { code: 'config-app', message: `app is ${JSON.stringify(app)}, not a string`, help };
  }
  if (app.trim() === '') return { code: 'config-app', message: 'app is empty', help };
  if (app.includes('\0')) return { code: 'config-app', message: 'app holds a NUL character', help };
  return undefined;
}

function checkNix(flags: unknown): Problem | undefined {
  const help =
    'list the words as Nix takes them, for example ["--override-input", "nixpkgs", "github:NixOS/nixpkgs/nixos-unstable"]';
  if (flags === undefined) return undefined;
  if (!Array.isArray(flags)) {
    return { code: 'config-nix', message: `nix is ${JSON.stringify(flags)}, not a list of flags`, help };
  }
  const wrong = flags.find((flag) => typeof flag !== 'string' || flag === '' || flag.includes('\0'));
  if (wrong === undefined) return undefined;
  return { code: 'config-nix', message: `nix holds ${JSON.stringify(wrong)}, which is no flag`, help };
}
