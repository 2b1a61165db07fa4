import { failure, type Position, packageFolder } from '../diagnostics';

/** The first value of each copy of this package in the process that is known at synth only, by the folder of the copy. */
const copiesSymbol = Symbol.for('cdknix.copies');
const shared = globalThis as { [copiesSymbol]?: Map<string, object> };

/** Notes that this copy has made a value that only it can read. */
export function noteCopy(value: object): void {
  shared[copiesSymbol] ??= new Map();
  if (!shared[copiesSymbol].has(packageFolder)) shared[copiesSymbol].set(packageFolder, value);
}

/**
 * Refuses values of another copy: their classes are not ours.
 *
 * @throws CdknixError `two-copies`
 */
export function refuseOtherCopies(): void {
  const [other] = [...(shared[copiesSymbol] ?? [])].filter(([folder]) => folder !== packageFolder);
  if (!other) return;
  const [folder, value] = other;
  const { position } = value as { readonly position?: Position };
  throw failure({
    code: 'two-copies',
    message: `there are two copies of cdknix: ${packageFolder} and ${folder}`,
    ...(position && { position }),
    help:
      'what one makes, the other cannot read: npm ls cdknix says who brings the second one; a library has cdknix in ' +
      'its peerDependencies, and one that is linked needs the cdknix of this project linked into it',
  });
}
