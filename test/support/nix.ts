import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'vitest';

/** Whether `nix-instantiate` and `nix` can be run. */
export const nixAvailable = spawnSync('nix-instantiate', ['--version']).status === 0;

const REQUIRED = process.env.REQUIRE_NIX === '1';

if (!nixAvailable && !REQUIRED) {
  console.warn(
    'SKIPPING every test that compares with Nix: nix-instantiate is not installed (REQUIRE_NIX=1 fails instead)',
  );
}

/** A group of tests that need Nix. Without it they are skipped, or fail where the environment has REQUIRE_NIX=1. */
export function describeNix(name: string, tests: () => void): void {
  if (nixAvailable) describe(name, tests);
  else if (REQUIRED) describe(name, () => it('finds nix-instantiate, as REQUIRE_NIX=1 demands', failWithoutNix));
  else describe.skip(`${name} (nix-instantiate is not installed)`, tests);
}

/** A test that needs Nix; see `describeNix`. */
export function itNix(name: string, test: () => void | Promise<void>): void {
  if (nixAvailable) it(name, test);
  else if (REQUIRED) it(name, failWithoutNix);
  else it.skip(`${name} (nix-instantiate is not installed)`, test);
}

function failWithoutNix(): never {
  throw new Error('nix-instantiate is not installed, and REQUIRE_NIX=1 forbids to skip');
}

export interface NixRun {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs one of Nix's programs to its end. */
export function runNix(program: 'nix' | 'nix-instantiate', args: readonly string[], input = ''): NixRun {
  const home = mkdtempSync(join(tmpdir(), 'nix-home-'));
  try {
    const { status, stdout, stderr, error } = spawnSync(program, args, {
      input,
      encoding: 'utf8',
      maxBuffer: 2 ** 30,
      // A home of its own, because `nix repl` writes a history.
      env: { ...process.env, HOME: home, XDG_DATA_HOME: home, XDG_CACHE_HOME: home, NO_COLOR: '1' },
    });
    if (error !== undefined) throw error;
    return { status, stdout, stderr };
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

/**
 * Which of the sources Nix can parse, in one process: `nix repl` goes on after an error.
 *
 * @param variables whether every variable counts as defined, or an undefined one is an error
 */
export function nixParses(sources: readonly string[], variables: 'any' | 'strict' = 'any'): boolean[] {
  const functions = sources.map(variables === 'any' ? anyVariable : asFunction);
  return withFiles(functions, (files) => {
    const answers = repl(files.map((file) => `import ${file}`));
    return answers.map((answer) => answer.includes('«lambda'));
  });
}

// As functions, they are not evaluated. The source must stay the end of the file.

function asFunction(source: string): string {
  return `_: ${source}`;
}

function anyVariable(source: string): string {
  return asFunction(`with {}; ${source}`);
}

/** The values of the sources as JSON text, in one process; `undefined` where there is an error. */
export function nixValues(sources: readonly string[]): (string | undefined)[] {
  return withFiles(sources, (files) =>
    repl(files.map((file) => `builtins.toJSON (import ${file})`)).map((answer) => {
      const text = /"(?:[^"\\]|\\.)*"/s.exec(answer);
      return text === null ? undefined : (unquote(text[0]) as string);
    }),
  );
}

function unquote(text: string): unknown {
  // What the prompt prints is a Nix string, whose escapes JSON has too, but for `\$`.
  return JSON.parse(text.replaceAll(/\\(.)/gs, (spelled, character) => (character === '$' ? '$' : spelled)));
}

/** Nix's own rendering of each source's syntax tree, in one process. Throws if Nix refuses one. */
export function nixTrees(sources: readonly string[]): string[] {
  return withFiles(sources.map(anyVariable), (files) => nixTreesOf(files));
}

/** The same for files, without the undefined variables being defined. */
export function nixTreesOf(files: readonly string[]): string[] {
  const { status, stdout, stderr } = runNix('nix-instantiate', ['--parse', ...files]);
  if (status !== 0) throw new Error(stderr);
  return stdout.trimEnd().split('\n');
}

/** Calls `use` with the paths of files that hold the sources; they are removed afterwards. */
export function withFiles<T>(sources: readonly string[], use: (files: string[]) => T): T {
  const directory = mkdtempSync(join(tmpdir(), 'nix-files-'));
  try {
    const files = sources.map((source, index) => {
      const file = join(directory, `${index}.nix`);
      writeFileSync(file, source);
      return file;
    });
    return use(files);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: the colours that nix prints in spite of NO_COLOR
const COLOUR = /\u001b\[[0-9;]*m/g;

const PROMPT = 'nix-repl> ';

/** What `nix repl` prints for each line; for an error, nothing. */
function repl(lines: readonly string[]): string[] {
  // Where a file ends too early, the prompt waits for more; a bracket that closes nothing ends that.
  const input = lines.map((line, index) => `${line}\n)\n"end of ${index}"\n`).join('');
  const { stdout } = runNix('nix', ['repl'], input);
  const answers: string[] = [];
  let answer = '';
  for (const printed of stdout.replaceAll(COLOUR, '').split('\n')) {
    const echo = printed.startsWith(PROMPT);
    const line = echo ? printed.slice(PROMPT.length) : printed;
    if (line === `"end of ${answers.length}"`) {
      // The first time it may be the echo of what was typed.
      if (echo) continue;
      answers.push(answer);
      answer = '';
    } else if (!echo) {
      answer += line;
    }
  }
  if (answers.length !== lines.length) throw new Error(`nix repl answered ${answers.length} of ${lines.length} lines`);
  return answers;
}
