import { NixValueError, showText, type ValuePath } from './value-error';

/** The error for a symbol or a function. */
export function refusePrimitive(value: unknown, path: ValuePath): NixValueError {
  if (typeof value === 'symbol') {
    return new NixValueError('symbol', path, `the symbol ${String(value)}`, 'write a string');
  }
  if (typeof value === 'function') {
    const name = value.name === '' ? 'a function' : `the function ${value.name}`;
    return new NixValueError('function', path, name, 'call it and write what it returns');
  }
  return new NixValueError('undefined', path, 'undefined', 'write null');
}

/** The error for an object that is neither plain nor an array. */
export function refuseObject(value: object, path: ValuePath): NixValueError {
  if (value instanceof Date) {
    const shown = Number.isNaN(value.getTime()) ? 'an invalid date' : `the date ${value.toISOString()}`;
    return new NixValueError('date', path, shown, 'Nix has no dates; write a string, for example date.toISOString()');
  }
  if (value instanceof Map) {
    return new NixValueError('map', path, 'a Map', 'write a plain object, for example Object.fromEntries(map)');
  }
  if (value instanceof Set) {
    return new NixValueError('set', path, 'a Set', 'write an array, for example [...set]');
  }
  if (value instanceof Promise) {
    return new NixValueError('promise', path, 'a promise', 'await it first');
  }
  if (value instanceof String || value instanceof Number || value instanceof Boolean) {
    const shown = showText(String(value));
    return new NixValueError('boxed', path, `the object around ${shown}`, 'write the value itself, without new');
  }
  return new NixValueError(
    'instance',
    path,
    `an instance of ${className(value)}`,
    'only plain objects and arrays become Nix values; write its members, for example { ...value }',
  );
}

function className(value: object): string {
  const made = (value as { constructor?: unknown }).constructor;
  return typeof made === 'function' && made.name !== '' ? made.name : 'a class';
}
