import { isFrame, mayBeginUncaught, mayFollowFrames } from './uncaught-text';

/** No error has more lines before its frames. */
const mostWords = 80;

/**
 * Shows lines as they come, but for those that may be an error that nobody caught: these are held back until something
 * follows that belongs to no error.
 */
export function holdingErrors(show: (lines: string) => void): {
  readonly add: (lines: string) => void;
  /** What is still held, which is no longer. */
  readonly take: () => string;
} {
  let held: string[] = [];
  let hasFrames = false;
  const release = (): string[] => {
    const lines = held;
    held = [];
    hasFrames = false;
    return lines;
  };
  return {
    add(lines) {
      const shown: string[] = [];
      for (const line of lines.split('\n')) {
        const goesOn = hasFrames ? mayFollowFrames(line) : held.length < mostWords;
        if (held.length && !goesOn) shown.push(...release());
        if (held.length || mayBeginUncaught(line)) {
          held.push(line);
          hasFrames ||= isFrame(line);
        } else shown.push(line);
      }
      if (shown.length) show(shown.join('\n'));
    },
    take: () => release().join('\n'),
  };
}
