import { type Position, userPosition } from '../diagnostics';
import { EXPR, type Expr as Node } from '../nix';
import { isExpr } from './expr';

/** What was selected of a configuration, and has not become part of another expression or of a definition so far. */
export interface Reading {
  readonly node: Node;
  readonly position: Position;
}

/** The readings of one construct's configuration. */
export type Readings = Set<Reading>;

const selected = new WeakMap<Node, Position>();

/** Where a selection was written, if that was noted. */
export function selectedAt(node: Node): Position | undefined {
  return selected.get(node);
}

/** Notes that something was selected. */
export function newReading(node: Node, readings: Readings): Reading {
  const reading = { node, position: userPosition() };
  selected.set(node, reading.position);
  readings.add(reading);
  return reading;
}

/** Takes all expressions in some data for used, as does whoever writes it down: that asks for their trees. */
export function useAll(data: unknown): void {
  const seen = new Set<unknown>();
  const stack = [data];
  while (stack.length) {
    const value = stack.pop();
    if (isExpr(value)) value[EXPR];
    else if (typeof value === 'object' && value !== null && isData(value) && !seen.has(value)) {
      seen.add(value);
      stack.push(...Object.values(value));
    }
  }
}

function isData(value: object): boolean {
  const prototype = Object.getPrototypeOf(value);
  return Array.isArray(value) || prototype === Object.prototype || prototype === null;
}
