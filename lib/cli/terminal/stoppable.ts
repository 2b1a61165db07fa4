import { setMaxListeners } from 'node:events';
import { Interrupted } from './interrupted';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Does something at one go: if the user stops us meanwhile, it is done first.
 *
 * @throws Interrupted if the user has stopped us
 */
export async function undisturbed<T>(work: () => T): Promise<T> {
  let stopped: NodeJS.Signals | undefined;
  const note = (signal: NodeJS.Signals) => {
    stopped = signal;
  };
  for (const signal of signals) process.on(signal, note);
  try {
    const result = work();
    // Signals that have come are told now.
    await new Promise((resolve) => setImmediate(resolve));
    if (stopped) throw new Interrupted(stopped);
    return result;
  } finally {
    for (const signal of signals) process.off(signal, note);
  }
}

/**
 * Does something that ends early when the user stops us.
 *
 * @throws Interrupted if the user has stopped us, however the work has ended
 */
export async function stoppable<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  setMaxListeners(0, controller.signal);
  let stopped: NodeJS.Signals | undefined;
  const stop = (signal: NodeJS.Signals) => {
    stopped = signal;
    controller.abort();
  };
  for (const signal of signals) process.on(signal, stop);
  try {
    return await work(controller.signal);
  } finally {
    for (const signal of signals) process.off(signal, stop);
    // biome-ignore lint/correctness/noUnsafeFinally: what comes of work that was stopped does not count
    if (stopped) throw new Interrupted(stopped);
  }
}
