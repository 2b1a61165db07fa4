import { type Expr, expr, exprOf } from '../../nix';
import type { Place } from '../check/check';
import { type Fill, formOf, type Members, Property, type Shape, shapeOf, UNKNOWN } from '../shape';

/** What stands around a value, by the rules of the module system (NixOS manual, "Option Definitions"). */
export interface Around {
  /** Lower wins: 100 for a plain definition; `undefined` where only Nix knows it. */
  readonly priority: number | undefined;
  /** Where elements stand among those of other definitions: 1000 for a plain one; `undefined` where only Nix knows it. */
  readonly order: number | undefined;
  /** The conditions that only Nix can tell. */
  readonly conditions: readonly unknown[];
  /** Whether it counts in no case: its condition is false. */
  readonly never: boolean;
}

/** One thing that is said: a value without what stands around it. */
export interface Entry<By> extends Around {
  readonly value: unknown;
  readonly shape: Shape;
  readonly by: By;
  /** Where it stands in what `by` says. */
  readonly place: Place;
}

export const plain: Around = { priority: 100, order: 1000, conditions: [], never: false };

/** Deeper than any definition. */
const deepest = 500;

/** What a value says, without its conditions, merges, priorities and orders. */
export function entriesOf<By>(value: unknown, outer: Around, by: By, place: Place, fill: Fill, depth = 0): Entry<By>[] {
  let around = outer;
  let at = value;
  for (let count = depth; count < deepest; count++) {
    const shape = shapeOf(at, fill);
    if (shape === undefined) return [];
    if (!(shape instanceof Property)) return [{ ...around, value: at, shape, by, place }];
    if (shape.form === 'merge') {
      const contents = shapeOf(shape.content, fill);
      if (!Array.isArray(contents)) return [{ ...around, value: at, shape: UNKNOWN, by, place }];
      return contents.flatMap((one, i) => entriesOf(one, around, by, [...place, i], fill, count + 1));
    }
    around = within(around, shape, at);
    at = shape.content;
  }
  return [];
}

function within(outer: Around, { form, argument }: Property, value: unknown): Around {
  if (form === 'if') {
    if (argument === true) return outer;
    if (argument === false) return { ...outer, never: true };
    return { ...outer, conditions: [...outer.conditions, conditionOf(value)] };
  }
  const number = typeof argument === 'number' ? argument : undefined;
  if (form === 'order') return { ...outer, order: number };
  // The outermost one counts.
  return outer.priority === 100 ? { ...outer, priority: number } : outer;
}

/** The condition in a call of `mkIf`. */
function conditionOf(value: unknown): unknown {
  let node: Expr | undefined = exprOf(value);
  while (node?.kind === 'paren' || node?.kind === 'let' || node?.kind === 'with' || node?.kind === 'assert') {
    node = node.kind === 'paren' ? node.expr : node.body;
  }
  return node?.kind === 'apply' ? expr(node.args[0]!) : value;
}

/** The names in a set, if it is one and has any. */
export function membersOf<By>({ shape }: Entry<By>): Members | undefined {
  return formOf(shape) === 'set' && Object.keys(shape as Members).length ? (shape as Members) : undefined;
}
