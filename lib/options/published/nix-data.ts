import { expr, parse } from '../../nix';
import { formOf, isOpen, type Members, numberOf, type Shape, shapeOf } from '../shape';
import type { Data } from '../type';

/** Data that nests deeper is nobody's default. */
const deepest = 20;

/** The value of a Nix expression that is plain data; `undefined` for any other, and for what is no Nix. */
export function dataOf(code: string): Data | undefined {
  try {
    return dataIn(expr(parse(code)), deepest);
  } catch {
    return undefined;
  }
}

function dataIn(value: unknown, depth: number): Data | undefined {
  const shape = shapeOf(value, () => undefined);
  switch (formOf(shape)) {
    case 'null':
    case 'bool':
    case 'str':
      return shape as Data;
    case 'int':
    case 'float': {
      const number = numberOf(shape);
      return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
    }
    case 'list':
    case 'set':
      return depth ? dataInside(shape, depth - 1) : undefined;
    default:
      return undefined;
  }
}

function dataInside(shape: Shape, depth: number): Data | undefined {
  if (Array.isArray(shape)) {
    const all = shape.map((value) => dataIn(value, depth));
    return all.every((value) => value !== undefined) ? all : undefined;
  }
  if (isOpen(shape as Members)) return undefined;
  const all = Object.entries(shape as Members).map(([name, value]) => [name, dataIn(value, depth)] as const);
  return all.every(([, value]) => value !== undefined) ? (Object.fromEntries(all) as Data) : undefined;
}
