import type { Diagnostic } from '../diagnostics';
import type { Fleet } from './fleet';

/** Whether a diagnostic's code was acknowledged at its construct, or at one around it. */
export function isAcknowledged({ code, path = '' }: Diagnostic, { acknowledged }: Fleet): boolean {
  if (!acknowledged.size) return false;
  const names = path.split('/');
  return (
    names.some((_, i) => acknowledged.get(names.slice(0, i + 1).join('/'))?.has(code)) ||
    !!acknowledged.get('')?.has(code)
  );
}
