import { exprOf } from '../../nix';
import { type Fill, formOf, type Members, Property, type Shape, shapeOf } from '../../options/shape';

type Place = readonly (string | number)[];

/** Where something stands in a value, as `set` takes it. */
export interface Spot {
  /** The names and indices of the option. */
  readonly option: Place;
  /** The way through the value: the lists of `mkMerge` are on it too. */
  readonly place: Place;
  /** What stands there. */
  readonly value: unknown;
}

/** Deeper than any configuration. */
const deepest = 500;

/**
 * Calls `visit` with each text of a value that is no part of another expression; the properties around it are taken off.
 * The spot is the same object each time: `kept` makes one that lasts.
 */
export function eachText(value: unknown, fill: Fill, visit: (text: string, spot: Spot) => void): void {
  walk(value, fill, (shape, spot) => {
    if (typeof shape === 'string') visit(shape, spot);
    return true;
  });
}

/** A spot that does not change. */
export function kept({ option, place, value }: Spot): Spot {
  return { option: [...option], place: [...place], value };
}

/** The innermost places of a value that hold a text, be it inside of expressions, of comments or of names. */
export function spotsOf(value: unknown, text: string, fill: Fill): Spot[] {
  return innermost(value, fill, (one) => holds(one, text, fill));
}

/** The innermost places of a value of which something holds, where it holds of all around them. */
export function innermost(value: unknown, fill: Fill, isSo: (value: unknown) => boolean): Spot[] {
  const spots: Spot[] = [];
  walk(value, fill, (shape, spot) => {
    if (!isSo(spot.value)) return false;
    const form = formOf(shape);
    const inner = form === 'list' || form === 'set' ? Object.values(shape as object) : [];
    if (inner.some(isSo)) return true;
    spots.push(kept(spot));
    return false;
  });
  return spots.length || !isSo(value) ? spots : [{ option: [], place: [], value }];
}

/** Walks what a value is made of; `enter` says whether to go on inside. */
function walk(value: unknown, fill: Fill, enter: (shape: Shape, spot: Spot) => boolean): void {
  const option: (string | number)[] = [];
  const place: (string | number)[] = [];
  const spot = { option, place, value };
  visit(value);

  function visit(value: unknown): void {
    if (place.length > deepest) return;
    let shape = shapeOf(value, fill);
    while (shape instanceof Property && shape.form !== 'merge') shape = shapeOf(shape.content, fill);
    if (shape instanceof Property) {
      const contents = shapeOf(shape.content, fill);
      if (Array.isArray(contents)) elements(contents, false);
      return;
    }
    spot.value = value;
    if (!enter(shape, spot)) return;
    if (Array.isArray(shape)) elements(shape, true);
    else if (formOf(shape) === 'set') members(shape as Members);
  }

  function members(of: Members): void {
    for (const name of Object.keys(of)) {
      option.push(name);
      place.push(name);
      visit(of[name]);
      place.pop();
      option.pop();
    }
  }

  function elements(of: readonly unknown[], isOption: boolean): void {
    for (let index = 0; index < of.length; index++) {
      if (isOption) option.push(index);
      place.push(index);
      visit(of[index]);
      place.pop();
      if (isOption) option.pop();
    }
  }
}

/** Whether a text stands anywhere in a value or in its syntax tree. */
function holds(value: unknown, text: string, fill: Fill): boolean {
  const seen = new Set<unknown>();
  const stack = [value];
  while (stack.length) {
    const one = stack.pop();
    if (typeof one === 'string' && one.includes(text)) return true;
    if ((typeof one !== 'object' && typeof one !== 'function') || one === null || seen.has(one)) continue;
    seen.add(one);
    const node = exprOf(one);
    if (node) stack.push(node);
    else if (typeof one === 'object') {
      const { kind, value: held } = one as { kind?: unknown; value?: unknown };
      if (kind === 'hole') stack.push(fill(held));
      for (const key of Object.keys(one)) stack.push(key, (one as Members)[key]);
    }
  }
  return false;
}
