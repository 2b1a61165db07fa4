import { mayBeSecret } from '../../options/show-value';
import { redaction } from '../../redaction';
import { parseOptionName } from '../nix-error/definitions';
import type { NixError } from '../nix-error/nix-error';

/** What Nix says of an error; of an option that takes secrets, the values of its definitions are left out. */
export function wordsOf({ text }: NixError): string {
  const [, name] = /option [`‘'](.+?)['’]/.exec(text) ?? [];
  const isSecret = name !== undefined && mayBeSecret(undefined, parseOptionName(name));
  return isSecret ? text.replace(/^(\s*- In [`‘'].+?['’]:?\s).+$/gm, `$1${redaction}`) : text;
}
