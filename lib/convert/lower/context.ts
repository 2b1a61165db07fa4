import type { Comment, Expr, Span } from '../../nix';
import type { Lowered } from '../lowered';
import type { Scope } from '../scope';
import { type Code, word } from '../typescript/code';

/** Why a piece of Nix has no typed form. */
export type Why =
  | '+'
  | 'assert'
  | 'computed names'
  | 'function'
  | 'let'
  | 'not proven'
  | 'operator'
  | 'path'
  | 'rec'
  | 'text'
  | 'type'
  | 'unknown option'
  | 'variable'
  | 'with';

/** Why places of the source have another form, by `spanKey`: raw, or `untyped` where there is such a form. */
export type Kept = ReadonlyMap<string, Why | 'untyped'>;

/** What is shared while one module is lowered. */
export interface Context {
  /** Lowers an expression. `at` is the path of the option that it defines, or whose value it is in, if it does. */
  readonly lower: (expr: Expr, scope: Scope, at?: OptionPath) => Lowered;
  /** Names that the code imports from `cdknix`. */
  readonly imports: Set<string>;
  /** Why the raw pieces so far are raw. */
  readonly raws: Why[];
  /** Comments inside of what was lowered that nothing there can hold. */
  strays: string[];
  /** Comments that raw Nix holds. */
  readonly told: Set<Comment>;
  /** Comments in what variables stand for, which is written wherever one is used. */
  readonly followed: Set<Comment>;
  /** Places of the source that are to stay raw, by `spanKey`. */
  readonly kept: Kept;
  /** Names of variables in the code. */
  readonly variables: Set<string>;
  /** Variables of the source that something is selected from, or that are called. */
  readonly selected: ReadonlySet<string>;
  /** The start of names that no variable of the source has. */
  readonly unused: string;
  readonly options: Options;
}

/** Names, and indices of lists. */
export type OptionPath = readonly (string | number)[];

/** What is known of the options of the module system. */
export interface Options {
  /** Whether code may define what a path leads to, as its type is known. */
  readonly takes: (path: OptionPath) => boolean;
  /** The code of the configuration to select an option from, if its type is known. */
  readonly configFor: (path: readonly string[]) => Code | undefined;
}

/** Names a place of the source. */
export const spanKey = ({ start, end }: Span): string => `${start}-${end}`;

/** Uses a name of the library. */
export function library(context: Context, name: string): Code {
  context.imports.add(name);
  return word(name);
}
