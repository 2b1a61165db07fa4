import type { Literal } from '../type';

/**
 * What definitions come to, as far as that can be seen without Nix. It is JSON once `Code` is text.
 *
 * Modules that nobody looked into may define the same options: they add to lists, sets and joined texts.
 */
export type Outcome<Code = unknown> = Known<Code> & {
  /** Whether a plain definition that nobody looked into would win: it has a higher priority number than those. */
  readonly weak?: true;
};

type Known<Code> =
  | { readonly is: 'value'; readonly value: Literal }
  /** In their order; an item that `is: 'some'` stands for any number of them. */
  | { readonly is: 'list'; readonly items: readonly (Outcome<Code> | Some<Code>)[] }
  /** With `more`, names may be in it that cannot be seen: those with a default, for example. */
  | { readonly is: 'set'; readonly members: readonly Member<Code>[]; readonly more: boolean }
  /** Texts with a separator between them, in their order. */
  | { readonly is: 'joined'; readonly pieces: readonly (Outcome<Code> | Some<Code>)[]; readonly separator: string }
  | Open<Code>
  /** Definitions that Nix refuses together. */
  | { readonly is: 'conflict'; readonly because: Conflict }
  /** No definition and, as far as is known, no default. */
  | { readonly is: 'nothing' };

export type Member<Code = unknown> = readonly [name: string, value: Outcome<Code>];

/** What only Nix can tell, and why. */
export interface Open<Code = unknown> {
  readonly is: 'open';
  readonly because: Because;
  /** The expression, or the condition. */
  readonly code?: Code;
}

/** Any number of elements or texts. */
export interface Some<Code = unknown> extends Omit<Open<Code>, 'is'> {
  readonly is: 'some';
}

/**
 * Why only Nix can tell a value: it is an `expression`, or counts only under a `condition`; a `priority` or an `order` is
 * computed; the option's type makes something else of it (`coercion`); it is not known how its type merges `several`; or it may
 * be a `secret`, and must not be shown.
 */
export type Because = 'expression' | 'condition' | 'priority' | 'order' | 'coercion' | 'several' | 'secret';

/** Why Nix refuses definitions: they are `different`, of the wrong `type`, or more than one where one is allowed (`several`). */
export type Conflict = 'different' | 'type' | 'several';

/** What stands at names in an outcome; `undefined` where the set is known not to have them. */
export function outcomeAt<Code>(outcome: Outcome<Code>, names: readonly string[]): Outcome<Code> | undefined {
  let at = outcome;
  for (const name of names) {
    if (at.is !== 'set') return at.is === 'open' || at.is === 'conflict' ? at : undefined;
    const { members, more, weak }: typeof at = at;
    const member = members.find(([one]) => one === name);
    if (!member) return more ? { is: 'nothing' } : undefined;
    // A set that gives way does so with all that is in it.
    at = weak ? { ...member[1], weak } : member[1];
  }
  return at;
}

/** The same outcome with other code. */
export function withCode<From, To>(outcome: Outcome<From>, to: (code: From) => To): Outcome<To>;
export function withCode<From, To>(outcome: Some<From>, to: (code: From) => To): Some<To>;
export function withCode<From, To>(
  outcome: Outcome<From> | Some<From>,
  to: (code: From) => To,
): Outcome<To> | Some<To> {
  const inner = (one: Outcome<From> | Some<From>) => withCode(one as Outcome<From>, to);
  switch (outcome.is) {
    case 'list':
      return { ...outcome, items: outcome.items.map(inner) };
    case 'joined':
      return { ...outcome, pieces: outcome.pieces.map(inner) };
    case 'set':
      return { ...outcome, members: outcome.members.map(([name, one]) => [name, inner(one)]) };
    case 'open':
    case 'some': {
      const { code, ...rest } = outcome;
      return code === undefined ? rest : { ...rest, code: to(code) };
    }
    default:
      return outcome;
  }
}
