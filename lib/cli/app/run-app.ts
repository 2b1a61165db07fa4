import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { CdknixError, type Diagnostic } from '../../diagnostics';
import { type Assembly, assemblyVariable, flakesFile, outputVariable, questionsVariable } from '../../synth/assembly';
import type { Plan } from '../../synth/output';
import type { Answer, Question } from '../../synth/questions/questions';
import type { Config } from '../project/config';
import { Interrupted } from '../terminal/interrupted';
import { say } from '../terminal/terminal';
import { holdingErrors } from './held-lines';
import { printedLines } from './printed-lines';
import { type RunnerProblem, runnerMissing, runnerProblem } from './runner';
import { uncaughtProblems } from './uncaught';

/** How a process ended. */
type End =
  | { readonly how: 'exit'; readonly code: number }
  | { readonly how: 'signal'; readonly signal: string }
  | { readonly how: 'timeout' }
  | { readonly how: 'interrupt'; readonly signal: NodeJS.Signals };

/** A plan, with answers to the questions about it. */
export interface AnsweredPlan extends Plan {
  readonly answers: readonly Answer[];
}

/** How long an app that is asked to end may take for it, in milliseconds. */
const grace = 1000;

/**
 * Runs a project's app and takes the plan that it leaves. What the app prints goes to our standard error.
 *
 * @param seconds how long it may take; 0 for as long as it likes
 * @param questions what it is to answer
 * @throws CdknixError with what is wrong with the flake, or how the app failed
 * @throws Interrupted if the user stops us
 */
export async function runApp(
  config: Config,
  seconds: number,
  questions: readonly Question[] = [],
): Promise<AnsweredPlan> {
  return planOf(config, seconds, questions, say);
}

/**
 * Asks the app of a project that has run before. What it prints has been seen, and is shown again only if it fails now.
 *
 * @param seconds how long it may take; 0 for as long as it likes
 * @throws CdknixError with what is wrong with the flake now, or how the app failed
 * @throws Interrupted if the user stops us
 */
export async function askApp(
  config: Config,
  seconds: number,
  questions: readonly Question[],
): Promise<readonly Answer[]> {
  const printed: string[] = [];
  try {
    return (await planOf(config, seconds, questions, (lines) => printed.push(lines))).answers;
  } catch (error) {
    for (const lines of printed) say(lines);
    throw error;
  }
}

async function planOf(
  config: Config,
  seconds: number,
  questions: readonly Question[],
  show: (lines: string) => void,
): Promise<AnsweredPlan> {
  const folder = mkdtempSync(join(tmpdir(), 'cdknix-'));
  try {
    const file = join(folder, 'assembly.json');
    const asked = join(folder, 'questions.json');
    if (questions.length) writeFileSync(asked, JSON.stringify(questions));
    const env = {
      [assemblyVariable]: file,
      [outputVariable]: config.outdir,
      [questionsVariable]: questions.length ? asked : undefined,
    };
    const shown = holdingErrors(show);
    const end = await run(() => start(config, env), shown.add, seconds);
    if (end.how === 'interrupt') throw new Interrupted(end.signal);
    const assembly = end.how !== 'timeout' && existsSync(file) ? readAssembly(file, config) : undefined;
    const held = shown.take();
    if (assembly && !assembly.plan) throw new CdknixError(assembly.diagnostics);
    if (end.how !== 'exit' || end.code !== 0) {
      const uncaught = uncaughtProblems(held, config);
      // Code that is under way was started by what runs it.
      if (uncaught?.some((one) => one.position)) throw new CdknixError(uncaught);
      const failed = howItFailed(end, config, seconds);
      if (uncaught && failed.code === 'app-failed') throw new CdknixError(uncaught.map((one) => at(one, config)));
      if (held) show(held);
      throw problem(failed, config);
    }
    if (held) show(held);
    const flakes = existsSync(flakesFile(file)) ? statSync(flakesFile(file)).size : 0;
    if (!assembly?.plan) throw problem(flakes ? lostFlake(config) : noFlake(config), config);
    if (flakes > 1) throw new CdknixError([severalFlakes(assembly, flakes)]);
    const { files, state, summary, answers = [] } = assembly.plan;
    return { files: new Map(files), state, summary, warnings: assembly.diagnostics, answers };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Starts an app, with all that it prints in one stream, so that it stays in order. */
function start(config: Config, variables: NodeJS.ProcessEnv): ChildProcess {
  const command = process.platform === 'win32' ? `(${config.app}) 2>&1` : `exec 2>&1; ${config.app}`;
  return spawn(command, {
    shell: true,
    cwd: config.project,
    env: { ...environment(config.project), ...variables },
    stdio: ['ignore', 'pipe', 'inherit'],
    // A group of its own, so that what the app has started ends with it.
    detached: process.platform !== 'win32',
  });
}

/** How long what an app has printed may take to arrive after its end, in milliseconds: what it started may still hold the stream. */
const linger = 500;

/** Shows what an app prints; settles when it has ended and all is shown. */
async function printedBy(child: ChildProcess, show: (lines: string) => void): Promise<void> {
  const lines = printedLines(show);
  const stream = child.stdout!.setEncoding('utf8').on('data', (piece: string) => lines.add(piece));
  await new Promise<void>((settle) => {
    stream.once('close', settle);
    child.once('exit', () => setTimeout(settle, linger).unref());
    child.once('error', () => settle());
  });
  stream.destroy();
  lines.end();
}

/** Ours, with the programs of the project's dependencies in front of PATH, as npm has it for scripts. */
function environment(project: string): NodeJS.ProcessEnv {
  const folders: string[] = [];
  for (let folder = project; ; folder = dirname(folder)) {
    folders.push(join(folder, 'node_modules', '.bin'));
    if (dirname(folder) === folder) break;
  }
  return { ...process.env, PATH: [...folders, process.env.PATH].join(delimiter) };
}

/** Runs a process to its end, and shows what it prints; ends it when its time is up or we are to stop. */
async function run(begin: () => ChildProcess, show: (lines: string) => void, seconds: number): Promise<End> {
  let printed: Promise<void> | undefined;
  const ended = new Promise<End>((resolve, reject) => {
    let result: End | undefined;
    let killer: NodeJS.Timeout | undefined;
    const stop = (end: End, signal: NodeJS.Signals) => {
      if (result) return;
      result = end;
      killGroup(child, signal);
      killer = setTimeout(() => killGroup(child, 'SIGKILL'), grace);
    };
    const limit = seconds ? setTimeout(() => stop({ how: 'timeout' }, 'SIGTERM'), seconds * 1000) : undefined;
    const interrupt = (signal: NodeJS.Signals) => stop({ how: 'interrupt', signal }, signal);
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
    // Before it begins, or a signal that comes at once would end us alone.
    for (const signal of signals) process.on(signal, interrupt);
    const child = begin();
    printed = printedBy(child, show);
    const settle = () => {
      clearTimeout(limit);
      clearTimeout(killer);
      for (const signal of signals) process.off(signal, interrupt);
    };
    child.once('error', (error) => {
      settle();
      reject(error);
    });
    child.once('exit', (code, signal) => {
      // What the app has started may have ignored the first signal.
      if (result) killGroup(child, 'SIGKILL');
      settle();
      resolve(result ?? endOf(code, signal));
    });
  });
  const end = await ended;
  await printed;
  return end;
}

function killGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** A shell says that its command was killed by adding 128 to the signal's number. */
function endOf(code: number | null, signal: NodeJS.Signals | null): End {
  if (signal) return { how: 'signal', signal };
  const number = (code ?? 0) - 128;
  const name = Object.entries(constants.signals).find(([, value]) => value === number)?.[0];
  return name ? { how: 'signal', signal: name } : { how: 'exit', code: code ?? 0 };
}

function problem(diagnostic: RunnerProblem, config: Config): CdknixError {
  return new CdknixError([at({ severity: 'error', ...diagnostic }, config)]);
}

/** A problem at the command that runs the app. */
function at(diagnostic: Diagnostic, { appPosition }: Config): Diagnostic {
  return { ...diagnostic, ...(appPosition && { position: appPosition }) };
}

function howItFailed(
  end: Exclude<End, { how: 'interrupt' }>,
  { app, project }: Config,
  seconds: number,
): RunnerProblem {
  if (end.how === 'timeout') {
    return {
      code: 'app-timeout',
      message: `the app '${app}' has not ended after ${seconds} s, and was stopped`,
      help:
        'an open server, connection, watcher or timer keeps a process alive: close it when the flake is made; ' +
        'if the app only needs longer, raise the limit with --timeout <seconds>',
    };
  }
  if (end.how === 'signal') {
    return {
      code: 'app-killed',
      message: `the app '${app}' was killed by ${end.signal}`,
      help:
        end.signal === 'SIGKILL'
          ? 'the system does that when memory runs short; run the command by itself to see more'
          : 'run the command by itself to see more',
    };
  }
  if (end.code === 127) {
    return {
      code: 'app-not-found',
      message: `the app '${app}' could not be started: there is no such command`,
      help: runnerMissing(app),
    };
  }
  if (end.code === 126) {
    return {
      code: 'app-not-found',
      message: `the app '${app}' could not be started: its file is not executable`,
      help: 'make it executable (chmod +x), or name the program that runs it, for example "node app.js"',
    };
  }
  const ofRunner = runnerProblem(app, project, environment(project));
  if (ofRunner) return ofRunner;
  return {
    code: 'app-failed',
    message: `the app '${app}' ended with exit code ${end.code}`,
    help: 'what it printed is above; run the command by itself to see more',
  };
}

function noFlake({ app }: Config): RunnerProblem {
  return {
    code: 'app-without-flake',
    message: `the app '${app}' ended without making a Flake`,
    help: 'it has to run the code that says new Flake(), and import it from the same cdknix that this command is from',
  };
}

/** A flake was made in a process or thread that ended in a way which left no time to hand it over. */
function lostFlake({ app }: Config): RunnerProblem {
  return {
    code: 'app-flake-lost',
    message: `the app '${app}' made a flake that was not handed over`,
    help: 'the process or thread that makes it has to end by itself and without an error; or call flake.synth() in it',
  };
}

/** Flakes of several processes or threads; those of one are told by it, with their places. */
function severalFlakes({ flake }: Assembly, count: number): Diagnostic {
  return {
    code: 'two-flakes',
    severity: 'error',
    message: `the app makes ${count} flakes in several processes or threads, and the output can hold one`,
    ...(flake && { position: flake }),
    help: 'put all hosts in one flake, or write a second app',
  };
}

/** Reads what an app has left, as far as it has to be trusted: the rest is from the same package. */
function readAssembly(file: string, config: Config): Assembly {
  const text = readFileSync(file, 'utf8');
  try {
    const assembly = JSON.parse(text) as Assembly;
    const { version, diagnostics, plan } = assembly;
    if (version === 1 && Array.isArray(diagnostics) && (plan ? Array.isArray(plan.files) : diagnostics.length)) {
      return assembly;
    }
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  const unreadable = {
    code: 'assembly-unreadable',
    message: `the app '${config.app}' left something that this version of cdknix cannot read`,
    help: 'the app and the command have to be of one version: run npm install, and the command as npx cdknix',
  };
  throw problem(unreadable, config);
}
