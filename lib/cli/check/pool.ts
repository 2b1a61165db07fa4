/** Something that is done beside others. */
export interface Job<T> {
  readonly result: Promise<T>;
  stop(): void;
}

/**
 * Does jobs, some of them at once, in their order.
 *
 * @param enough says of each result whether to stop there: what runs is stopped, what waits is left
 * @returns the results, in the order in which they came
 */
export async function doAll<T>(
  starts: readonly (() => Job<T>)[],
  atOnce: number,
  enough: (result: T) => boolean,
  signal: AbortSignal,
): Promise<T[]> {
  const results: T[] = [];
  const running = new Set<Job<T>>();
  const waiting = [...starts];
  const stop = () => {
    waiting.length = 0;
    for (const job of running) job.stop();
  };
  signal.addEventListener('abort', stop);
  let isEnough = false;
  const work = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const job = next();
      running.add(job);
      const result = await job.result.finally(() => running.delete(job));
      if (isEnough || signal.aborted) return;
      results.push(result);
      isEnough = enough(result);
      if (isEnough) stop();
    }
  };
  try {
    await Promise.all(Array.from({ length: atOnce }, work));
  } finally {
    stop();
    signal.removeEventListener('abort', stop);
  }
  return results;
}
