import { compileFunction } from 'node:vm';
import { Flake } from '../../constructs/flake';
import { HomeUser } from '../../constructs/home-user';
import { Host } from '../../constructs/host';
import { library } from '../run-code';

/** A file of a project as JavaScript that returns what others import from it. */
export interface Script {
  /** Where the file is: paths in it lead from there. */
  readonly file: string;
  readonly code: string;
  /** What it imports from `cdknix`. */
  readonly names: readonly string[];
  /** What it imports from other files, by the names that it has there. */
  readonly features: ReadonlyMap<string, Script>;
}

const all: Readonly<Record<string, unknown>> = { ...library, Flake, Host, HomeUser };

/**
 * Runs a project.
 *
 * @throws whatever the library refuses
 */
export function runProject(main: Script): Flake {
  const run = new Map<Script, unknown>();
  const resultOf = (script: Script): unknown => {
    if (!run.has(script)) {
      const names = script.names.filter((name) => !name.startsWith('type '));
      const parameters = [...names, ...script.features.keys()];
      const values = [...names.map((name) => all[name]), ...[...script.features.values()].map(resultOf)];
      const make = compileFunction(`'use strict';\n${script.code}`, parameters, { filename: script.file });
      run.set(script, make(...values));
    }
    return run.get(script);
  };
  return resultOf(main) as Flake;
}
