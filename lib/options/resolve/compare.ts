import { showPath } from '../show-value';
import type { Outcome, Some } from './outcome';

/** Where a value is not what definitions come to. */
export interface Difference {
  readonly at: string;
  readonly expected: string;
  /** What it is, as JSON; absent where there is nothing. */
  readonly found?: string;
}

/**
 * Where a value that Nix computed, as JSON, differs from what definitions come to. What only Nix can tell is never a
 * difference.
 *
 * @param path the option's names
 * @param isAlone whether no other module defines the option, so that lists, sets and joined texts hold nothing else
 */
export function differences(
  outcome: Outcome,
  value: unknown,
  path: readonly (string | number)[],
  isAlone = false,
): Difference[] {
  // What others say may win, or cannot be told.
  if ((outcome.weak && !isAlone) || isUntold(value)) return [];
  const found = value === undefined ? {} : { found: JSON.stringify(value) };
  const differs = (expected: string): Difference[] => [{ at: showPath(path), expected, ...found }];
  switch (outcome.is) {
    case 'value':
      return Object.is(outcome.value, value) || outcome.value === value ? [] : differs(JSON.stringify(outcome.value));
    case 'list':
      if (!Array.isArray(value)) return differs('a list');
      return inOrder(outcome.items, value, isAlone) ? [] : differs(inWords(outcome.items));
    case 'joined': {
      if (typeof value !== 'string') return differs('a string');
      return holdsTexts(outcome, value, isAlone) ? [] : differs(inWords(outcome.pieces));
    }
    case 'set': {
      if (typeof value !== 'object' || value === null || Array.isArray(value)) return differs('a set');
      const names = new Set(outcome.members.map(([name]) => name));
      const others = Object.keys(value).filter((name) => !names.has(name));
      const extra = isAlone && !outcome.more && others.length ? differs(`no ${others.join(', ')}`) : [];
      const inner = outcome.members.flatMap(([name, one]) => {
        const member = Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined;
        const isOptional = one.is === 'open' && one.because === 'condition';
        if (member === undefined && !isOptional && one.is !== 'nothing') {
          return [{ at: showPath([...path, name]), expected: 'a value' }];
        }
        // The modules of a submodule define its options too.
        return differences(one, member, [...path, name], isAlone && !outcome.more);
      });
      return [...extra, ...inner];
    }
    default:
      return [];
  }
}

/** The only name in the JSON of what JSON has not: its value says what it is. */
export const notJson = '<nix>';

/** Whether a value has not been worked out. */
function isUntold(value: unknown): boolean {
  const what = typeof value === 'object' && value !== null && notJson in value ? value[notJson] : undefined;
  return what === 'error' || what === 'more' || what === 'configuration';
}

/** Whether the known elements are in a list in their order; what others add may stand anywhere. */
function inOrder(items: readonly (Outcome | Some)[], value: readonly unknown[], isAlone: boolean): boolean {
  const isExact = isAlone && !items.some((one) => one.is === 'some');
  if (isExact && items.length !== value.length) return false;
  let at = 0;
  for (const item of items) {
    if (item.is === 'some') continue;
    const fits = (one: unknown) => differences(item, one, [], isAlone).length === 0;
    const index = isExact ? (fits(value[at]) ? at : -1) : value.findIndex((one, i) => i >= at && fits(one));
    if (index < 0) return false;
    at = index + 1;
  }
  return true;
}

function holdsTexts(
  { pieces, separator }: Extract<Outcome, { is: 'joined' }>,
  value: string,
  isAlone: boolean,
): boolean {
  const known = pieces.flatMap((one) => (one.is === 'value' ? [String(one.value)] : []));
  if (isAlone && known.length === pieces.length) return known.join(separator) === value;
  let at = 0;
  for (const text of known) {
    const index = value.indexOf(text, at);
    if (index < 0) return false;
    at = index + text.length;
  }
  return true;
}

const inWords = (items: readonly (Outcome | Some)[]) =>
  items.map((one) => (one.is === 'value' ? JSON.stringify(one.value) : '…')).join(', ');
