import { readFileSync } from 'node:fs';
import { type Diagnostic, type Position, redaction } from '../../diagnostics';
import { mayBeSecret } from '../../options/show-value';
import { parseOptionName } from '../nix-error/definitions';
import type { NixError } from '../nix-error/nix-error';
import { redactedText } from '../terminal/redacted-text';

/** What Nix says of an error, without secrets: values are in its messages, and lines of code in its traces. */
export function redactedError({ text }: NixError): string {
  const [, name] = /option [`‘'](.+?)['’]/.exec(text) ?? [];
  const isSecret = name !== undefined && mayBeSecret(undefined, parseOptionName(name));
  const words = isSecret ? text.replace(/^(\s*- In [`‘'].+?['’]:?\s).+$/gm, `$1${redaction}`) : text;
  return redactedText('', words);
}

/** A diagnostic without secrets in what Nix says, and in the lines that are shown. */
export function redactedDiagnostic(diagnostic: Diagnostic): Diagnostic {
  const { message, position, related, help } = diagnostic;
  return {
    ...diagnostic,
    message: redactedText('', message),
    ...(help !== undefined && { help: redactedText('', help) }),
    ...(position && { position: redactedExcerpt(position) }),
    ...(related && {
      related: related.map((one) => ({
        ...one,
        message: redactedText('', one.message),
        ...(one.position && { position: redactedExcerpt(one.position) }),
      })),
    }),
  };
}

function redactedExcerpt(position: Position): Position {
  const { file, line, excerpt } = position;
  if (excerpt !== undefined || !file) return position;
  const text = read(file);
  const shown = redactedText(file, text).split('\n')[line - 1];
  return shown === undefined || shown === text.split('\n')[line - 1] ? position : { ...position, excerpt: shown };
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
