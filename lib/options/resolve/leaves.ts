import { type Fill, formOf, isOpen, type Members, numberOf, Opaque, Property, type Shape, shapeOf } from '../shape';
import type { Literal } from '../type';
import type { Entry } from './entries';
import type { Because, Conflict, Open, Outcome, Some } from './outcome';

export const open = (because: Because): Open => ({ is: 'open', because });
export const conflict = (because: Conflict): Outcome => ({ is: 'conflict', because });

/** What counts whatever Nix computes. */
export const certain = <By>(entries: readonly Entry<By>[]) => entries.filter((one) => !one.conditions.length);

/** What it takes Nix to decide which definitions count. */
export function undecided<By>(entries: readonly Entry<By>[]): Open {
  const code = entries.find((one) => one.conditions.length)?.conditions[0];
  return code === undefined ? open('priority') : { ...open('condition'), code };
}

/** What only Nix can tell of entries. */
export function unseen<By>(entries: readonly Entry<By>[]): Open {
  const [first, other] = entries;
  if (other) return open('several');
  return first!.conditions.length ? { ...open('condition'), code: first!.conditions[0] } : expression(first!.value);
}

export const expression = (code: unknown): Open => ({ ...open('expression'), code });

/** The one value that all definitions must have. */
export function equal<By>(entries: readonly Entry<By>[]): Outcome {
  const [value, ...others] = certain(entries).flatMap(({ shape }) => literalOf(shape) ?? []);
  if (!value) return unseen(entries);
  return others.every((other) => other.value === value.value) ? value : conflict('different');
}

/** `singleLineStr` takes a line end away. */
export function withoutEnd(outcome: Outcome): Outcome {
  if (outcome.is !== 'value' || typeof outcome.value !== 'string') return outcome;
  return { is: 'value', value: outcome.value.replace(/\n$/, '') };
}

export function literalOf(shape: Shape): { is: 'value'; value: Literal } | undefined {
  if (shape === null || typeof shape === 'boolean' || typeof shape === 'string') return { is: 'value', value: shape };
  const number = numberOf(shape);
  return typeof number === 'number' && Number.isFinite(number) ? { is: 'value', value: number } : undefined;
}

/** Elements or texts of an entry that may be any number of them. */
export function some<By>({ conditions, value }: Entry<By>): Some {
  return conditions.length
    ? { is: 'some', because: 'condition', code: conditions[0] }
    : { is: 'some', because: 'expression', code: value };
}

export function joined<By>(entries: readonly Entry<By>[], separator: string): Outcome {
  const pieces = entries.map((one) => {
    if (one.conditions.length) return some(one);
    return literalOf(one.shape) ?? expression(one.value);
  });
  return { is: 'joined', pieces, separator };
}

/** A value that no type looks into. */
export function asItIs(value: unknown, fill: Fill, depth = 0): Outcome {
  const shape = shapeOf(value, fill);
  const literal = literalOf(shape);
  if (literal) return literal;
  if (depth > deepest || shape instanceof Opaque || shape instanceof Property) return expression(value);
  if (Array.isArray(shape)) return { is: 'list', items: shape.map((one) => asItIs(one, fill, depth + 1)) };
  if (formOf(shape) !== 'set') return expression(value);
  const members = shape as Members;
  return {
    is: 'set',
    members: Object.keys(members)
      .filter((name) => members[name] !== undefined)
      .map((name) => [name, asItIs(members[name], fill, depth + 1)]),
    more: isOpen(members),
  };
}

/** Deeper than any data. */
const deepest = 500;
