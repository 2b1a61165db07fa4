import { styled } from '../../diagnostics';
import type { Running } from '../nix/process';
import { clear, say, sayBriefly } from '../terminal/terminal';
import type { EvaluationResult } from './evaluate';

/** Shows a person what is going on. */
export interface Progress {
  started(name: string, running: Pick<Running, 'seconds' | 'memory'>): void;
  finished(result: EvaluationResult): void;
  end(): void;
}

/** How often the line at the bottom is written, in milliseconds. */
const beat = 200;

/**
 * The progress of a check on standard error: a line for each target when it is done; on a terminal, a line below of what
 * runs.
 *
 * @param names of all targets
 */
export function progressOf(names: readonly string[]): Progress {
  const { stderr } = process;
  const width = Math.max(...names.map((name) => name.length));
  const running = new Map<string, Pick<Running, 'seconds' | 'memory'>>();
  let done = 0;
  const timer = stderr.isTTY ? setInterval(paint, beat) : undefined;
  timer?.unref();
  return {
    started: (name, one) => void running.set(name, one),
    finished(result) {
      const { target, error, stopped } = result;
      running.delete(target.name);
      done++;
      clear('lineStart');
      const word = error || stopped ? styled('red', 'failed') : styled('green', 'passed');
      say([word, `  ${target.name.padEnd(width)}  ${figures(result)}`]);
    },
    end() {
      clearInterval(timer);
      clear('lineStart');
    },
  };

  function paint(): void {
    const all = [...running].map(([name, one]) => {
      const memory = one.memory();
      return `${name} ${figures({ seconds: one.seconds(), ...(memory !== undefined && { memory }) })}`;
    });
    const text = `${done} of ${names.length}  ${all.join(' · ')}`;
    clear('lineStart');
    sayBriefly(styled('dim', text.slice(0, (stderr.columns || 80) - 1)));
  }
}

/** Seconds and memory in words. */
export function figures({ seconds, memory }: { readonly seconds: number; readonly memory?: number }): string {
  const time = `${seconds.toFixed(1)} s`;
  return memory === undefined ? time : `${time}, ${Math.round(memory / 2 ** 20)} MB`;
}
