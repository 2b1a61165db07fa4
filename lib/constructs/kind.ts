import type { IConstruct } from 'constructs';

/** Marks cdknix's constructs, so that they are known across copies of the package (as `Construct.isConstruct` does). */
export const KIND: unique symbol = Symbol.for('cdknix.kind') as never;

/** How many features were made before one: JavaScript puts children whose ids are numbers before all others. */
export const TURN: unique symbol = Symbol.for('cdknix.turn') as never;

/** The module that imports a feature, where it is one module and not what the feature is used on. */
export const WITHIN: unique symbol = Symbol.for('cdknix.within') as never;

/** The classes by their kinds. Each adds itself: they speak of each other, and none could be imported first. */
// biome-ignore lint/suspicious/noEmptyInterface: the classes fill it
export interface Kinds {}

/** What kind of cdknix construct this is, if any. */
export function kindOf(construct: IConstruct): keyof Kinds | undefined {
  return (construct as { [KIND]?: keyof Kinds })[KIND];
}

/** Whether a construct is of a kind. */
export function isKind<K extends keyof Kinds>(construct: IConstruct, kind: K): construct is Kinds[K] {
  return kindOf(construct) === kind;
}

/** The nearest construct of a kind, from `scope` upwards. */
export function enclosing<K extends keyof Kinds>(scope: IConstruct | undefined, kind: K): Kinds[K] | undefined {
  for (let at = scope; at; at = at.node.scope) {
    if (isKind(at, kind)) return at;
  }
  return undefined;
}
