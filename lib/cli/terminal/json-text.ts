import { isNamedSecret, redacted, redaction } from '../../redaction';

/** A value as JSON for a program: without secrets, and without characters that a terminal acts on. */
export function jsonText(value: unknown): string {
  return JSON.stringify(withoutSecrets([], value), null, 2).replace(/[\x7f-\x9f]|\p{Bidi_Control}/gu, escaped);
}

/** @param path the names on the way to it */
function withoutSecrets(path: readonly string[], value: unknown): unknown {
  if (typeof value === 'string') return isNamedSecret(path, value) ? redaction : redacted(value);
  if (Array.isArray(value)) return value.map((one) => withoutSecrets(path, one));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [redacted(key), withoutSecrets([...path.slice(-1), key], one)]),
  );
}

const escaped = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
