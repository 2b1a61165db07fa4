import { NixValueError, type ValuePath } from './value-error';

/**
 * The names of the members of a plain object, all of which become attributes.
 *
 * Throws `NixValueError` for a member that would be lost, as JavaScript lists it only to those who ask for it by name: one
 * of a symbol, one that is not enumerable, one that is inherited.
 */
export function memberNames(value: object, path: ValuePath = []): string[] {
  const names = Object.keys(value);
  const own = Reflect.ownKeys(value);
  if (own.length > names.length) refuseHidden(value, own, path);
  const prototype: object | null = Object.getPrototypeOf(value);
  if (prototype !== null && prototype !== Object.prototype) refuseInherited(Object.keys(prototype), path);
  return names;
}

/** Throws `NixValueError` for what an array has beside its elements, as the result of `match` has an `index`. */
export function checkElements(value: readonly unknown[], path: ValuePath = []): void {
  const own = Reflect.ownKeys(value);
  // The length is one of them.
  if (own.length <= value.length + 1) return;
  const other = own.find((key) => key !== 'length' && !(typeof key === 'string' && /^\d+$/.test(key)));
  const hint = 'a list has elements only; write [...list] to leave it out';
  throw new NixValueError('lost', path, `the member ${shown(other!)} of an array`, hint);
}

function refuseHidden(value: object, own: readonly PropertyKey[], path: ValuePath): void {
  for (const key of own) {
    // How compilers and engines mark modules is no member of theirs.
    if (key === '__esModule' || key === Symbol.toStringTag) continue;
    if (typeof key === 'symbol') {
      const hint = 'names are strings in Nix; give it one';
      throw new NixValueError('lost', path, `the member ${shown(key)}`, hint);
    }
    if (Object.prototype.propertyIsEnumerable.call(value, key)) continue;
    const hint = 'it would be lost, as JavaScript does not list it; make it an ordinary member';
    throw new NixValueError('lost', path, `the member ${shown(key)}, which is not enumerable,`, hint);
  }
}

function refuseInherited([name]: readonly string[], path: ValuePath): void {
  if (name === undefined) return;
  const hint = 'only the members that an object has itself become attributes; write { ...prototype, ...value }';
  throw new NixValueError('lost', path, `the inherited member ${shown(name)}`, hint);
}

const shown = (key: PropertyKey) => (typeof key === 'symbol' ? String(key) : `'${String(key)}'`);
