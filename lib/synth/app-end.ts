import { createHook, executionAsyncId } from 'node:async_hooks';
import { framesOf, isOwnFrame, noteStack, type Position, placeOf, type Stack, type StackFrame } from '../diagnostics';

/** Tells where the user's code still waits: for a promise that nobody has settled. */
export type StillWaiting = () => Position | undefined;

/**
 * Notes from now on what the user's code waits for (`await`, and `then` and its kin), so that an app which has nothing left
 * to do before it is through can be told from one that is.
 */
export function noteWaiting(): StillWaiting {
  const open = new Map<number, Stack>();
  const hook = createHook({
    init(id, type, trigger) {
      // What follows from another promise is triggered by that one, not by the code that runs.
      if (type === 'PROMISE' && trigger !== executionAsyncId()) open.set(id, noteStack());
    },
    promiseResolve: (id) => void open.delete(id),
  }).enable();
  return () => {
    hook.disable();
    for (const stack of open.values()) {
      const frame = waitingFrame(framesOf(stack));
      if (frame) return placeOf(frame);
    }
    return undefined;
  };
}

/** The frame of the user's code that waits; nothing if a package or Node does. */
function waitingFrame(frames: readonly StackFrame[]): StackFrame | undefined {
  const own = frames.slice(frames.findLastIndex((frame) => frame.getFileName() === 'node:internal/async_hooks') + 1);
  const frame = own.find((one) => one.getFileName() || !waiting.has(one.getFunctionName()));
  return frame && isOwnFrame(frame) ? frame : undefined;
}

/** The methods of promises that wait for one. Others, such as `race`, have done with what they do not wait for. */
const waiting = new Set<string | null>(['then', 'catch', 'finally']);

/** Where the user's code ends the process, to be asked as that ends. Nothing if what runs the app does, or nobody. */
export function exitPosition(): Position | undefined {
  const frame = framesOf(noteStack(100)).find(isOwnFrame);
  return frame && placeOf(frame);
}
