import { relative } from 'node:path';
import type { Diagnostic } from '../../diagnostics';
import { start } from '../nix/process';
import { stoppable } from '../terminal/stoppable';
import { compilerErrors } from './compiler-messages';
import { projectCompiler } from './project-compiler';

/**
 * Starts the check of a project's types by its own compiler.
 *
 * @param project its folder
 * @returns what the compiler objects to; rejects with Interrupted if the user stops us
 * @throws UsageError if the project has no compiler, or no tsconfig.json
 */
export function typeErrors(project: string): Promise<readonly Diagnostic[]> {
  const { program, config } = projectCompiler(project);
  const args = [program, '-p', config, '--noEmit', '--pretty', 'false'];
  return stoppable(async (signal) => {
    const running = start(process.execPath, args, { cwd: project });
    signal.addEventListener('abort', running.stop);
    const { code, signal: killer, stdout, stderr } = await running.ended;
    const errors = compilerErrors(stdout, project);
    if (code === 0 || errors.length) return errors;
    return [
      ended(killer ? `was killed by ${killer}` : `ended with exit code ${code}`, stderr || stdout, project, config),
    ];
  });
}

/** A compiler that ended in another way than with errors of types. */
function ended(how: string, printed: string, project: string, config: string): Diagnostic {
  const [first] = printed.split('\n').filter((line) => line.trim() !== '');
  return {
    code: 'typecheck-failed',
    severity: 'error',
    message: `the compiler ${how}, without saying what is wrong with the types`,
    ...(first !== undefined && { related: [{ message: first.trim() }] }),
    help: `run it by itself to see more: npx tsc --noEmit -p ${relative(project, config)}`,
  };
}
