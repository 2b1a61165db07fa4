import { readFileSync } from 'node:fs';
import { type Diagnostic, type Position, veil } from '../../diagnostics';
import { mayBeSecret } from '../../options/show-value';
import { optionTold } from '../nix-error/definitions';
import type { NixError } from '../nix-error/nix-error';
import { veiledText } from '../veiled-text';

/** What Nix says of an error, without secrets: values are in its messages, and lines of code in its traces. */
export function veiledWords({ text }: NixError): string {
  const [, name] = /option [`‘'](.+?)['’]/.exec(text) ?? [];
  const isSecret = name !== undefined && mayBeSecret(undefined, optionTold(name));
  const words = isSecret ? text.replace(/^(\s*- In [`‘'].+?['’]:?\s).+$/gm, `$1${veil}`) : text;
  return veiledText('', words);
}

/** A diagnostic without secrets in what Nix says, and in the lines that are shown. */
export function veiledDiagnostic(diagnostic: Diagnostic): Diagnostic {
  const { message, position, related, help } = diagnostic;
  return {
    ...diagnostic,
    message: veiledText('', message),
    ...(help !== undefined && { help: veiledText('', help) }),
    ...(position && { position: veiledLine(position) }),
    ...(related && {
      related: related.map((one) => ({
        ...one,
        message: veiledText('', one.message),
        ...(one.position && { position: veiledLine(one.position) }),
      })),
    }),
  };
}

function veiledLine(position: Position): Position {
  const { file, line, excerpt } = position;
  if (excerpt !== undefined || !file) return position;
  const text = read(file);
  const shown = veiledText(file, text).split('\n')[line - 1];
  return shown === undefined || shown === text.split('\n')[line - 1] ? position : { ...position, excerpt: shown };
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
