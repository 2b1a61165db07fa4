import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { availableParallelism, freemem, totalmem } from 'node:os';

/** How a process ended, and what it said. */
export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly seconds: number;
  /** The most that it used, in bytes; absent where the system does not tell. */
  readonly memory?: number;
}

/** A process that runs. */
export interface Running {
  readonly ended: Promise<Ended>;
  /** What it uses now or has used at most, in bytes. */
  memory(): number | undefined;
  seconds(): number;
  stop(): void;
}

/** What goes on while a process runs. */
interface Watch {
  readonly cwd: string;
  /** Takes whole lines of its standard output; they are not kept then. */
  line?(text: string): void;
}

/** How often memory is looked at, in milliseconds. */
const glance = 100;

/** Starts a program; `ended` rejects if there is none. */
export function start(program: string, args: readonly string[], { cwd, line }: Watch): Running {
  const begun = performance.now();
  const child = spawn(program, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  const said = { stdout: '', stderr: '' };
  let most: number | undefined;
  const look = () => {
    most = memoryOf(child) ?? most;
  };
  const looking = setInterval(look, glance);
  looking.unref();
  const seconds = () => (performance.now() - begun) / 1000;
  const ended = new Promise<Ended>((resolve, reject) => {
    child.stdout!.setEncoding('utf8').on('data', (text: string) => {
      said.stdout += text;
      if (line) said.stdout = handLines(said.stdout, line);
    });
    child.stderr!.setEncoding('utf8').on('data', (text: string) => {
      said.stderr += text;
    });
    child.once('error', (error) => {
      clearInterval(looking);
      reject(error);
    });
    child.once('close', (code, signal) => {
      clearInterval(looking);
      resolve({ code, signal, ...said, seconds: seconds(), ...(most !== undefined && { memory: most }) });
    });
  });
  return { ended, seconds, memory: () => most, stop: () => void child.kill('SIGTERM') };
}

/** Hands over the whole lines in a text; returns what is left. */
function handLines(text: string, line: (text: string) => void): string {
  const lines = text.split('\n');
  for (const one of lines.slice(0, -1)) line(one);
  return lines.at(-1)!;
}

/** The most memory that a process has used so far, as Linux tells it (proc(5), `VmHWM`). */
function memoryOf({ pid }: ChildProcess): number | undefined {
  try {
    const [, kilobytes] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    return kilobytes === undefined ? undefined : Number(kilobytes) * 1024;
  } catch {
    return undefined;
  }
}

/** What one evaluation of a machine may take, in bytes. */
const perEvaluation = 2 * 2 ** 30;

/** How many evaluations may run at once: as many as there are cores, and as memory has room for. */
export function evaluationsAtOnce(): number {
  // macOS counts what caches hold as used.
  const free = process.platform === 'darwin' ? totalmem() / 2 : freemem();
  return Math.max(1, Math.min(availableParallelism(), Math.floor(free / perEvaluation)));
}
