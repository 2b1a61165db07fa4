import { isPlainSecret, secretName } from './secret-names';
import type { SecretText } from './secret-text';

/**
 * A name with what it is given, as environments, command lines and URLs have it: `FOO_TOKEN=…`, `--password=…`,
 * `?access_token=…`. In code, names in small letters are given variables as well.
 */
const assignment =
  /(?<![\w$.-])((?:--?|[?&])[A-Za-z][\w-]{0,60}|[A-Z][A-Z0-9_]{0,60})=(\\?["']?)([^\s"'`\\&;,|<>(){}[\]]{6,300})\2/y;

/** What comes behind a text that is one part of a larger one, or a command. */
const goesOn = /[$`({<]/;

/** Secrets that are told by the names that they are given to, in words of a text that are no code. */
export function* assignedSecretsIn(text: string): Iterable<SecretText> {
  for (let at = text.indexOf('='); at >= 0; at = text.indexOf('=', at + 1)) {
    const start = nameBefore(text, at);
    if (start === at) continue;
    assignment.lastIndex = start;
    const match = assignment.exec(text);
    if (!match) continue;
    const [all, name = '', , value = ''] = match;
    const plain = name.replace(/^[?&-]+/, '');
    const next = text[start + all.length] ?? '';
    if (!secretName(plain) || !isPlainSecret(value, false) || value.includes('$') || goesOn.test(next)) continue;
    const valueAt = at + all.slice(at - start).indexOf(value);
    yield {
      what: `what looks like a secret, ${plain},`,
      isCertain: false,
      at: valueAt,
      end: valueAt + value.length,
      text: `${name}=${match[2]}${value}`,
    };
  }
}

/** Where the name before an equals sign starts, with the dashes or the question mark before it. */
function nameBefore(text: string, at: number): number {
  let start = at;
  while (start > 0 && at - start < 64 && /[\w?&-]/.test(text[start - 1]!)) start--;
  return start;
}
