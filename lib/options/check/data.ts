import { formOf, Opaque, Property, type Shape, shapeOf } from '../shape';
import { type Check, found } from './state';

/** Data of a file format may hold anything but functions, at any depth. */
export function checkData(check: Check, shape: Shape): void {
  if (typeof shape !== 'object' || shape === null || shape instanceof Opaque) return;
  const { option, place } = check;
  const seen = new Set<unknown>();
  // Not by recursion, as data may be deep. Each step is a member, or the end of one.
  const steps: (readonly [name: string | number, value: unknown] | undefined)[] = [];
  enter(shape);
  while (steps.length) {
    const step = steps.pop();
    if (step === undefined) {
      option.pop();
      place.pop();
      continue;
    }
    const [name, value] = step;
    option.push(name);
    place.push(name);
    let inner = shapeOf(value, check.fill);
    while (inner instanceof Property && inner.form !== 'merge') inner = shapeOf(inner.content, check.fill);
    const form = formOf(inner);
    if (form === 'function') found(check, { what: 'type', shape: inner, type: 'data' });
    else if (form === 'set' || form === 'list') enter(inner as object);
  }

  function enter(container: object): void {
    if (seen.has(container)) return;
    seen.add(container);
    const isList = Array.isArray(container);
    for (const [name, value] of Object.entries(container).reverse()) {
      steps.push(undefined, [isList ? Number(name) : name, value]);
    }
  }
}
