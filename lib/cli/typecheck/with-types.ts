import { CdknixError, type Diagnostic } from '../../diagnostics';
import type { Plan } from '../../synth/output';

/**
 * What an app hands over, if neither it nor the types have errors.
 *
 * @param running the app
 * @param checking the check of its types
 * @throws CdknixError with all that is wrong with both
 */
export async function withTypes<P extends Plan>(
  running: Promise<P>,
  checking: Promise<readonly Diagnostic[]>,
): Promise<P> {
  const [app, types] = await Promise.allSettled([running, checking]);
  if (types.status === 'rejected') throw types.reason;
  if (app.status === 'rejected') {
    if (!(app.reason instanceof CdknixError)) throw app.reason;
    throw new CdknixError(withoutDoubles(app.reason.diagnostics, types.value));
  }
  const plan = app.value;
  if (types.value.length) throw new CdknixError(withoutDoubles(plan.warnings, types.value));
  return plan;
}

/** What synth and the compiler say, each problem once: in the words of synth, and as the error that it is to the compiler. */
export function withoutDoubles(said: readonly Diagnostic[], types: readonly Diagnostic[]): Diagnostic[] {
  const byLine = new Map<string, Diagnostic[]>();
  for (const one of types) {
    const line = lineOf(one);
    byLine.set(line, [...(byLine.get(line) ?? []), one]);
  }
  const doubled = new Set<Diagnostic>();
  const own = said.map((one) => {
    const same = (byLine.get(lineOf(one)) ?? []).filter((type) => isSame(one, type));
    for (const type of same) doubled.add(type);
    return same.length ? { ...one, severity: 'error' as const } : one;
  });
  return [...own, ...types.filter((one) => !doubled.has(one))];
}

const lineOf = ({ position }: Diagnostic) => (position?.file ? `${position.file}:${position.line}` : '');

/** Whether synth and the compiler speak of one thing in a line: at one column, or by its name. */
function isSame(own: Diagnostic, type: Diagnostic): boolean {
  if (!own.position?.file || own.code.startsWith('secret')) return false;
  if (own.position.column === type.position!.column) return true;
  const [, name] = /'([^']+)'/.exec(type.message) ?? [];
  return name !== undefined && own.message.split(/[^\w'-]+/).includes(name);
}
