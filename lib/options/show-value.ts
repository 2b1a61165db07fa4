import { isBareKey } from '../nix';
import { secretsIn, shortened } from '../redaction';
import { showKinds } from './kinds';
import { formOf, kindsOf, Opaque, type Property, type Shape } from './shape';

/** An option by its path, as people write it: `services.nginx.virtualHosts."example.org".listen[0].port`. */
export function showPath(path: readonly (string | number)[]): string {
  let shown = '';
  for (const name of path) {
    if (typeof name === 'number') shown += `[${name}]`;
    else shown += `${shown === '' ? '' : '.'}${isBareKey(name) ? name : JSON.stringify(cut(name))}`;
  }
  return shown;
}

/** Names of what must not be seen by whoever reads a log. */
const secretName = /pass|secret|token|key|credential|psk|auth/i;
/** Texts that may be a key or a token of a kind that nobody told us of. */
const secretText = /^(?=.*\d)(?=.*[A-Za-z])[\w+/=.-]{20,}$/;

/** Whether a text or number for an option must not be shown. */
export function mayBeSecret(shape: Shape, path: readonly (string | number)[]): boolean {
  if (typeof shape === 'string' && (secretText.test(shape) || secretsIn(shape).length)) return true;
  return path.some((name) => typeof name === 'string' && secretName.test(name));
}

/** A value in a few characters; never one that may be a secret, and never the members of one. */
export function showValue(shape: Shape, path: readonly (string | number)[]): string {
  const form = formOf(shape);
  const secret = mayBeSecret(shape, path);
  switch (form) {
    case 'null':
      return 'null';
    case 'str':
      return secret ? 'a string' : JSON.stringify(cut(shape as string));
    case 'text':
      return 'a string';
    case 'int':
    case 'float': {
      if (secret) return 'a number';
      const number = shape instanceof Opaque ? shape.value : shape;
      return form === 'float' && Number.isInteger(number) ? `${number}.0` : String(number);
    }
    case 'bool':
      return String(shape);
    case 'list':
      return (shape as readonly unknown[]).length ? 'a list' : 'an empty list';
    case 'set':
      return Object.keys(shape as object).length ? 'a set' : 'an empty set';
    case 'function':
      return 'a function';
    case 'path':
      return 'a path';
    default: {
      const known = kindsOf(shape);
      return known?.size ? showKinds(known) : 'an expression';
    }
  }
}

/** The function that makes a property, for people. */
export function showProperty({ form, argument }: Property): string {
  if (form === 'if') return 'mkIf';
  if (form === 'merge') return 'mkMerge';
  const names = form === 'order' ? orders : priorities;
  return names.get(argument) ?? (form === 'order' ? 'mkOrder' : 'mkOverride');
}

const priorities: ReadonlyMap<unknown, string> = new Map([
  [50, 'mkForce'],
  [1000, 'mkDefault'],
  [1500, 'mkOptionDefault'],
]);

const orders: ReadonlyMap<unknown, string> = new Map([
  [500, 'mkBefore'],
  [1500, 'mkAfter'],
]);

const longest = 40;

function cut(text: string): string {
  return shortened(text, longest);
}

/** Some proposals as a sentence has them: `a, b or c`. */
export function oneOf(texts: readonly string[]): string {
  return texts.length > 1 ? `${texts.slice(0, -1).join(', ')} or ${texts.at(-1)}` : (texts[0] ?? '');
}
