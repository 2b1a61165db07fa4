import { assignedSecretsIn } from './assigned-secrets';
import { encodedSecretsIn } from './encoded-secrets';
import { privateKeysIn } from './private-keys';
import type { SecretText } from './secret-text';
import { tokensIn } from './secret-tokens';
import { urlPasswordsIn } from './url-passwords';

/**
 * The secrets in a text that can be told by their form, in the order in which they stand in it. In linear time, whatever
 * the text is.
 */
export function secretsIn(text: string): SecretText[] {
  const found = [
    ...privateKeysIn(text),
    ...tokensIn(text),
    ...encodedSecretsIn(text),
    ...urlPasswordsIn(text),
    ...assignedSecretsIn(text),
  ];
  if (found.length < 2) return found;
  const apart: SecretText[] = [];
  for (const one of found.sort((a, b) => a.at - b.at)) {
    const last = apart.at(-1);
    if (!last || one.at >= last.end) apart.push(one);
    // A token that is given to a name is one secret.
    else apart[apart.length - 1] = { ...(one.isCertain ? one : last), at: last.at, end: Math.max(last.end, one.end) };
  }
  return apart;
}
