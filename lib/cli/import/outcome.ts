import { joined, type Styled, styled } from '../../diagnostics';
import { changesBetween, countOptions, type OptionChanges } from '../../options/compare';
import type { ModuleClass } from '../../options/config';
import type { Reading } from './table';

/** What an import did for one class. */
export interface Outcome extends Partial<OptionChanges> {
  readonly class: ModuleClass;
  readonly release: string;
  /** How many options manuals would show. */
  readonly options: number;
  /** The configurations that were evaluated. */
  readonly from: readonly string[];
  readonly modules: readonly string[];
  readonly files: readonly string[];
  /** Whether there was an earlier import; if not, nothing is known to have changed. */
  readonly first: boolean;
  /** Whether the files say something else than before. */
  readonly written: boolean;
}

/** What an import did, for a program. */
export function outcomeOf(
  { table, earlier, from }: Reading,
  names: readonly string[],
  written: readonly string[],
): Outcome {
  return {
    class: table.class,
    release: table.release,
    options: countOptions(table.options),
    from,
    modules: table.modules ?? [],
    files: table.files ?? [],
    first: !earlier,
    written: names.some((name) => written.includes(name)),
    ...(earlier && changesBetween(earlier.options, table.options)),
  };
}

/** How many names of each kind are worth the space. */
const shownNames = 20;

/** What an import did, for a person. */
export function inWords(outcome: Outcome): Styled {
  const { options, first, written, added = [], removed = [], renamed = [] } = outcome;
  const count = `${options.toLocaleString('en')} option${options === 1 ? '' : 's'}`;
  const head = (text: string): Styled => [styled('bold', outcome.class), `: ${text}`];
  if (first) return head(`${count}, imported for the first time`);
  if (!written) return head(`nothing changed (${count})`);
  const counts = [
    ...(added.length ? [`${added.length} added`] : []),
    ...(removed.length ? [`${removed.length} removed`] : []),
    ...(renamed.length ? [`${renamed.length} renamed`] : []),
  ];
  return joined([
    head(`${counts.join(', ') || 'none added or removed, but what is known of some changed'} (${count})`),
    ...listed(added, (name) => styled('green', `  + ${name}`)),
    ...listed(removed, (name) => styled('red', `  - ${name}`)),
    ...listed(
      renamed.map(([from, to]) => `${from} → ${to}`),
      (name) => styled('yellow', `  ~ ${name}`),
    ),
  ]);
}

function listed(names: readonly string[], show: (name: string) => Styled): Styled[] {
  const more = names.length - shownNames;
  return [
    ...names.slice(0, shownNames).map(onOneLine).map(show),
    ...(more > 0 ? [`    and ${more} more; --json lists all`] : []),
  ];
}

/** A name that stands in a list of names, each on a line of its own. */
function onOneLine(name: string): string {
  return name.replaceAll('\n', '\\n');
}
