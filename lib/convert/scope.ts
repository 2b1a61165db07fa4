import { type Expr, isGlobal } from '../nix';
import type { Lowered } from './lowered';

/** What a variable of Nix stands for in the TypeScript. */
export type Meaning =
  /** A variable of the TypeScript, or an argument of the module. */
  | {
      readonly kind: 'code';
      readonly lowered: Lowered;
      readonly isArgument?: boolean;
      /** What it selects of the configuration. */
      readonly option?: readonly string[];
    }
  /** Other code of Nix, of the scope around it: `inherit (lib) mkIf`. */
  | { readonly kind: 'alias'; readonly expr: Expr; readonly scope: Scope }
  /** A variable that the TypeScript does not have: code that uses it brings it along. */
  | { readonly kind: 'kept'; readonly value: Expr; readonly scope: Scope };

/** The variables at a place: those of one frame, and those around it. */
export interface Scope {
  readonly names: ReadonlyMap<string, Meaning | (() => Meaning)>;
  /** The variables of the TypeScript that are parameters of the function here. */
  readonly parameters?: ReadonlySet<string>;
  /** The set of a `with`; its names give way to all that are bound otherwise. */
  readonly env?: Expr;
  readonly around?: Scope;
}

/** What a name means: bound, one of Nix's own, from the set of a `with`, or an argument of the module that it does not name. */
export type Found =
  | Meaning
  | { readonly kind: 'global' }
  | { readonly kind: 'free' }
  /** Which of several `with` has it is not known before Nix runs. */
  | { readonly kind: 'ambiguous' };

/** Looks a variable up (Nix manual, scoping rules). */
export function lookUp(scope: Scope, name: string): Found {
  const withs: Scope[] = [];
  for (let at: Scope | undefined = scope; at; at = at.around) {
    const meaning = at.names.get(name);
    if (meaning) return typeof meaning === 'function' ? meaning() : meaning;
    if (at.env) withs.push(at);
  }
  if (isGlobal(name)) return { kind: 'global' };
  const [only, ...more] = withs;
  if (!only) return { kind: 'free' };
  if (more.length) return { kind: 'ambiguous' };
  const expr: Expr = { kind: 'select', of: only.env!, path: [{ kind: 'name', name }] };
  return { kind: 'alias', expr, scope: only.around! };
}

/** The scopes of all `with` around a place, the innermost first. */
export function withsAround(scope: Scope): Scope[] {
  const scopes: Scope[] = [];
  for (let at: Scope | undefined = scope; at; at = at.around) if (at.env) scopes.push(at);
  return scopes;
}
