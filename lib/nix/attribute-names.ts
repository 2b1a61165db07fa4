import type { Key } from './ast';

/** The names in an attribute path; `undefined` for those that only Nix knows. */
export function attributeNames(path: readonly Key[]): (string | undefined)[] {
  return path.map((key) => {
    if (key.kind === 'name') return key.name;
    if (key.kind !== 'strKey') return undefined;
    const [only, ...more] = key.str.parts;
    if (!only) return '';
    return only.kind === 'text' && !more.length ? only.value : undefined;
  });
}
