import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { usageError } from '../terminal/usage-error';

/** What checks the types of a project. */
export interface ProjectCompiler {
  /** Its program, for Node. */
  readonly program: string;
  /** The project's tsconfig.json. */
  readonly config: string;
}

/**
 * Packages and their programs, the likeliest first. They are not taken from `node_modules/.bin`: where version 6 is beside
 * 7, npm gives the name `tsc` to either.
 */
const programs = [
  ['typescript', 'tsc'],
  ['@typescript/native', 'tsc'],
  ['typescript', 'tsc6'],
  ['@typescript/typescript6', 'tsc6'],
] as const;

/**
 * The compiler that a project has, and how it is configured.
 *
 * @throws UsageError `typecheck-compiler` or `typecheck-config` where it lacks one of them
 */
export function projectCompiler(project: string): ProjectCompiler {
  const program = programIn(project);
  if (program === undefined) {
    throw usageError({
      code: 'typecheck-compiler',
      message: 'the project has no TypeScript to check its types with',
      help: 'npm install --save-dev typescript, or leave --typecheck out',
    });
  }
  const config = configIn(project);
  if (config === undefined) {
    throw usageError({
      code: 'typecheck-config',
      message: `there is no tsconfig.json in ${project} or above it, which says how types are checked`,
      help: 'make one with npx tsc --init, or leave --typecheck out',
    });
  }
  return { program, config };
}

function programIn(project: string): string | undefined {
  const { resolve } = createRequire(join(project, 'x'));
  for (const [name, program] of programs) {
    try {
      const manifest = resolve(`${name}/package.json`);
      const { bin } = JSON.parse(readFileSync(manifest, 'utf8')) as { bin?: Readonly<Record<string, string>> };
      const path = bin?.[program];
      if (path !== undefined) return join(dirname(manifest), path);
    } catch {
      // The next one may be there.
    }
  }
  return undefined;
}

function configIn(project: string): string | undefined {
  for (let folder = project; ; folder = dirname(folder)) {
    const file = join(folder, 'tsconfig.json');
    if (existsSync(file)) return file;
    if (dirname(folder) === folder) return undefined;
  }
}
