import type { System } from '../../../constructs/names';
import type { PackageInfo } from '../../package-info';

/** What a new project is made from. */
export interface Answers {
  /** The project's npm name. */
  readonly name: string;
  readonly host: string;
  readonly system: System;
  readonly user: string;
}

/** The files of a new project: path → text. */
export type Files = Readonly<Record<string, string>>;

/** Makes the files of a new project. */
export type Template = (answers: Answers, cdknix: PackageInfo) => Files;

/**
 * Some of our own development dependencies: projects are tested with what we are tested with. What has a name of its own
 * here, as TypeScript 7 beside 6, has that of its package there.
 */
export function tools(cdknix: PackageInfo, ...names: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    names.map((name) => {
      const range = cdknix.devDependencies[name]!;
      const [, real, version] = /^npm:(.+)@(.+)$/.exec(range) ?? [];
      return real !== undefined ? [real, version!] : [name, range];
    }),
  );
}

/** A JSON file. */
export function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

/** What both kinds of projects tell the compiler. */
export const compilerOptions = {
  target: 'es2022',
  module: 'node16',
  moduleResolution: 'node16',
  strict: true,
  skipLibCheck: true,
  types: ['node'],
};
