/** Whether the system said so, and not our own code. */
export function isOfSystem(error: unknown): error is NodeJS.ErrnoException {
  return typeof (error as NodeJS.ErrnoException).code === 'string' && !(error instanceof TypeError);
}

/** Tidies up; what the system will not do now, it need not. */
export function quietly(run: () => void): void {
  try {
    run();
  } catch (error) {
    if (!isOfSystem(error)) throw error;
  }
}
