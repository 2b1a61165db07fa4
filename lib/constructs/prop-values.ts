import type { IConstruct } from 'constructs';
import { type Position, propOf } from '../diagnostics';
import { quoted } from '../module';
import { addError } from './report';

/** A construct that is given props. */
type Holder = IConstruct & { readonly position: Position | undefined };

/** What a prop takes: code may run without types. */
interface Taken {
  readonly words: string;
  readonly help: string;
  takes(value: unknown): boolean;
}

/** Records an error for each prop that was given something else than it takes; what is not given is not looked at. */
export function checkPropValues(
  construct: Holder,
  props: object | undefined,
  taken: Readonly<Record<string, Taken>>,
): void {
  for (const [name, { takes, words, help }] of Object.entries(taken)) {
    const value = (props as Readonly<Record<string, unknown>> | undefined)?.[name];
    if (value === undefined || takes(value)) continue;
    addError(construct, {
      code: 'prop-value',
      message: `${name} takes ${words}, not ${quoted(value)}`,
      position: propOf(construct.position, [name]),
      help,
    });
  }
}

/** The release that a machine or home was first installed with, as NixOS and Home Manager count. */
export const release: Taken = {
  words: 'a release as a string',
  help: "write the one that it was first installed with, such as '26.05'",
  takes: (value) => typeof value === 'string' && /^\d\d\.\d\d$/.test(value),
};

/** The same as nix-darwin counts. */
export const darwinRelease: Taken = {
  words: "nix-darwin's own count",
  help: 'write the whole number that system.stateVersion had when it was first installed, such as 6',
  takes: (value) => Number.isSafeInteger(value) && (value as number) > 0 && (value as number) < 100,
};

export const boolean: Taken = {
  words: 'true or false',
  help: 'write one of them, or leave it out',
  takes: (value) => typeof value === 'boolean',
};

export const standalone: Taken = {
  words: "true, false or 'only'",
  help: 'write one of them, or leave it out',
  takes: (value) => typeof value === 'boolean' || value === 'only',
};

/** A folder that a home may be in. */
export const folder: Taken = {
  words: 'the absolute path of a folder',
  help: "write it as a string, such as '/home/anna'",
  takes: (value) => typeof value === 'string' && value.startsWith('/'),
};

/** Arguments by their names. */
export const argumentsByName: Taken = {
  words: 'arguments by their names',
  help: 'write { name: value }',
  takes: (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
};
