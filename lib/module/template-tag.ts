import { failure, userPosition } from '../diagnostics';
import { quoted } from './quoted';

/**
 * Refuses calls of the tag of a template with anything but a template.
 *
 * @throws CdknixError `not-a-template`
 */
export function checkTemplate(tag: string, strings: unknown): void {
  if (Array.isArray(strings) && Array.isArray((strings as { raw?: unknown }).raw)) return;
  throw failure({
    code: 'not-a-template',
    message: `${tag} stands before a template, and was called with ${quoted(strings)}`,
    position: userPosition(),
    help: `write ${tag}\`…\`, without parentheses`,
  });
}
