import { isDeepStrictEqual } from 'node:util';
import { joined, placeLines, type Styled, styled } from '../../diagnostics';
import { type Difference, notJson } from '../../options/resolve/compare';
import type { Because, Conflict, Outcome, Some } from '../../options/resolve/outcome';
import { Property } from '../../options/shape';
import { showPath, showProperty } from '../../options/show-value';
import { shortened } from '../../redaction';
import type { DefinitionSite, Explanation } from '../../synth/questions/questions';
import { near } from '../terminal/terminal';
import type { Applied, NixValue } from './nix';

/** What Nix says of an option, beside what its definitions come to. */
export interface Compared extends NixValue {
  readonly differences: readonly Difference[];
  /** Files of modules outside the output that define it too. */
  readonly elsewhere: readonly string[];
}

/** Everything about an option, for a person. */
export function showExplanation(
  explanation: Explanation,
  where: string,
  system: string,
  nix?: Compared,
  oldName?: readonly string[],
): Styled {
  const { option, facts, declaredAt, definitions } = explanation;
  const known = [
    typeInWords(explanation),
    ...(facts.readOnly ? ['read-only: it may be referred to, and not be set'] : []),
    ...(oldName ? [`the new name of ${showPath(oldName)}`] : []),
    ...(facts.renamedTo ? [`renamed to ${facts.renamedTo}`] : []),
    ...(facts.removed ? ['removed: whoever sets it gets an error'] : []),
    ...(facts.file ? [`declared in ${facts.file}`] : []),
    ...(declaredAt ? [`declared in ${near(declaredAt.file)}:${declaredAt.line}`] : []),
  ];
  const blocks = [
    [styled('bold', showPath(option)), ' ', styled('dim', `on ${where}`), `\n${indented(known.join('\n'))}`],
    [inWords(explanation, system), ...(nix ? [nixInWords(explanation, nix, system)] : [])].join('\n'),
    ...definitions.map((one) => showDefinition(one, option)),
  ];
  return joined(blocks, '\n\n');
}

function typeInWords({ type, declaredAt }: Explanation): string {
  if (type !== undefined) return `type: ${type}`;
  if (declaredAt) return 'its type is worked out by Nix';
  return 'no table has this option; cdknix import reads those of your own inputs';
}

/** An option in a line. */
export function showBriefly({ option, outcome }: Explanation, nix?: Compared): string {
  const line = `${showPath(option)} = ${inBrief(showOutcome(outcome))}`;
  const isNews =
    nix && (outcome.is === 'open' || outcome.is === 'nothing' || nix.differences.length || changesOf(nix).length);
  return isNews && nix.value !== undefined ? `${line}\n${indented(`Nix says: ${inBrief(showJson(nix.value))}`)}` : line;
}

function inBrief(text: string): string {
  return shortened(oneLine(text), 100);
}

function inWords({ outcome, absent, definitions }: Explanation, system: string): string {
  const isDefault = definitions.length === 0;
  if (absent) {
    const inside = outcome.is === 'nothing' ? '' : `; the default in it: ${inLines(showOutcome(outcome))}`;
    return `nobody defines ${showPath(absent)}\n${indented(`modules of ${system} may${inside}`)}`;
  }
  if (outcome.is === 'nothing') {
    return isDefault
      ? `nobody sets it, and its default is worked out by Nix, if it has one`
      : 'none of the definitions counts';
  }
  if (outcome.is === 'conflict') return `Nix refuses these definitions: ${conflicts[outcome.because]}`;
  if (outcome.is === 'open' && outcome.because === 'secret') return 'its value may be a secret, and is not shown';
  if (outcome.is === 'open') return `only Nix can tell its value: ${reasonOf(outcome)}`;
  const value = `value: ${inLines(showOutcome(outcome))}`;
  if (isDefault) return `${value}\n${indented(`the default; modules of ${system} may set it`)}`;
  if (outcome.weak) return `${value}\n${indented(`unless a module of ${system} sets it`)}`;
  const merges = outcome.is === 'list' || outcome.is === 'set' || outcome.is === 'joined';
  return merges ? `${value}\n${indented(`modules of ${system} may add to it`)}` : value;
}

const conflicts: Record<Conflict, string> = {
  different: 'they differ, and have the same priority',
  type: 'no type fits all of them',
  several: 'there may be one only',
};

function reasonOf({ because, code }: { readonly because: Because; readonly code?: string }): string {
  const shown = code === undefined ? '' : ` ${oneLine(code)}`;
  switch (because) {
    case 'expression':
      return `it is worked out from${shown}`;
    case 'condition':
      return `it depends on${shown}`;
    case 'priority':
      return 'a priority is worked out';
    case 'order':
      return 'an order is worked out';
    case 'coercion':
      return 'the option makes something else of it';
    default:
      return 'how such definitions are merged is not known';
  }
}

function nixInWords({ option, outcome }: Explanation, nix: Compared, system: string): string {
  const { value, differences, elsewhere } = nix;
  const lines = [`Nix says: ${value === undefined ? 'it has no value' : inLines(showJson(value, outcome))}`];
  const changes = changesOf(nix);
  for (const { at, defined } of changes.slice(0, most)) {
    const what = at.length ? `${showPath([...option, ...at])} is made` : 'made';
    lines.push(indented(`${what} of ${inLines(showJson(defined))} by the option's own apply function`));
  }
  if (changes.length > most) lines.push(indented('and more that apply functions make'));
  for (const { at, expected, found } of differences) {
    lines.push(indented(`which differs: ${at} is ${found ?? 'not there'}, not ${expected}`));
  }
  if (differences.length) lines.push(indented("the option's own apply function may have changed it"));
  if (elsewhere.length) {
    const more = elsewhere.length - most;
    const others = more > 0 ? ` and ${more} other${more === 1 ? '' : 's'}` : '';
    const files = elsewhere.slice(0, most).join(', ');
    lines.push(indented(`modules of ${system} define it too: ${files}${others}`));
  }
  return lines.join('\n');
}

/** What options themselves make of their definitions: the parts of sets that are not as they were defined. */
function changesOf({ value, applied }: NixValue): Applied[] {
  return applied.flatMap(({ at, defined }) => {
    const made = at.reduce<unknown>((whole, name) => (isSet(whole) ? whole[name] : undefined), value);
    return defined === undefined || made === undefined ? [] : changed(at, defined, made);
  });
}

function changed(at: readonly string[], defined: unknown, made: unknown): Applied[] {
  if (isDeepStrictEqual(defined, made)) return [];
  if (!isSet(defined) || !isSet(made)) return [{ at, defined }];
  const kept = Object.keys(defined).filter((name) => Object.hasOwn(made, name));
  return kept.flatMap((name) => changed([...at, name], defined[name], made[name]));
}

function isSet(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(notJson in value);
}

/**
 * A value in the notation of Nix; `<function>` and the like for what JSON has not.
 *
 * @param known what is known of it: the names in that come first, and stand for all where the others may be defaults
 */
function showJson(value: unknown, known?: Outcome<string> | Some<string>): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (notJson in value) return `<${value[notJson]}>`;
  if (Array.isArray(value))
    return bracketed(
      '[',
      value.map((one) => showJson(one)),
      ']',
    );
  const members = new Map(known?.is === 'set' ? known.members : []);
  const names = [...members.keys()].filter((name) => Object.hasOwn(value, name));
  const others = Object.keys(value).filter((name) => !members.has(name));
  const isShort = names.length > 0 && known?.is === 'set' && known.more;
  const lines = [...names, ...(isShort ? [] : others)].map((name) => {
    return `${showPath([name])} = ${showJson((value as Record<string, unknown>)[name], members.get(name))};`;
  });
  return bracketed('{', isShort && others.length ? [...lines, '…'] : lines, '}');
}

/** As many lines as a person reads of one value. */
function inLines(text: string): string {
  const lines = text.split('\n');
  return lines.length > longest ? [...lines.slice(0, longest), '…'].join('\n') : text;
}

/** As many lines of a value, and as many parts and files, as a person reads; `--json` has all. */
const longest = 20;
const most = 5;

/** A definition: what becomes of it, who wrote it, and where. */
function showDefinition(told: DefinitionSite, asked: readonly string[]): Styled {
  const { option, origins, source, file, range, code } = told;
  const name = showPath(option) === showPath(asked) ? '' : `${showPath(option)} = `;
  const reasons = new Set(origins.flatMap(({ reason }) => reason ?? []));
  const places = origins.flatMap(({ construct, position }) =>
    placeLines({ path: construct, ...(position && { position }) }),
  );
  return joined([
    `${fateInWords(told)}: ${name}${inLines(code)}`,
    ...[...reasons].map((reason) => `  by cdknix, for ${reason}`),
    ...places,
    ...(source ? placeLines({ position: source }) : []),
    ['  ', styled('dim', 'in the output'), ` ${file}${range ? `:${range.line}` : ''}`],
  ]);
}

function fateInWords({ fate, priority, order, conditions, option }: DefinitionSite): string {
  const own = [
    ...(priority === undefined || priority === 100 ? [] : [nameOf('override', priority)]),
    ...(order === undefined || order === 1000 ? [] : [nameOf('order', order)]),
  ];
  const by = own.length ? ` with ${own.join(' and ')}` : '';
  switch (fate?.is) {
    case 'loses': {
      const around = showPath(fate.at) === showPath(option) ? '' : ` around ${showPath(fate.at)}`;
      return `loses${by} to ${nameOf('override', fate.to)}${around}`;
    }
    case 'may':
      return conditions.length ? `counts${by} if ${conditions.map(oneLine).join(' and ')}` : `may count${by}`;
    case 'never':
      return 'never counts, as its condition is false';
    case 'replaced':
      return 'is replaced by a later one';
    default:
      return `counts${by}`;
  }
}

/** A priority or order as people write it. */
function nameOf(form: 'override' | 'order', number: number): string {
  if (form === 'override' && number === 100) return 'a plain definition';
  const name = showProperty(new Property(form, undefined, number));
  return name === 'mkOverride' || name === 'mkOrder' ? `${name} ${number}` : name;
}

function oneLine(code: string): string {
  return code.replace(/\s+/g, ' ');
}

function indented(text: string): string {
  return text.replace(/^(?=.)/gm, '  ');
}

/** An outcome in the notation of Nix; `…` is what only Nix can tell. */
export function showOutcome(outcome: Outcome<string> | Some<string>): string {
  switch (outcome.is) {
    case 'value':
      return JSON.stringify(outcome.value);
    case 'list':
      return bracketed('[', outcome.items.map(showOutcome), ']');
    case 'joined': {
      const { pieces, separator } = outcome;
      const texts = pieces.flatMap((one) => (one.is === 'value' ? [String(one.value)] : []));
      if (texts.length === pieces.length) return JSON.stringify(texts.join(separator));
      return pieces.map(showOutcome).join(` + ${JSON.stringify(separator)} + `);
    }
    case 'set':
      return bracketed(
        '{',
        outcome.members.map(([name, one]) => `${showPath([name])} = ${showOutcome(one)};`),
        '}',
      );
    case 'open':
      return outcome.because === 'expression' && outcome.code !== undefined ? oneLine(outcome.code) : '…';
    case 'some':
      return '…';
    default:
      return '…';
  }
}

/** Items on one line, or one a line if there is no room. */
function bracketed(open: string, items: readonly string[], close: string): string {
  if (!items.length) return `${open} ${close}`;
  const line = `${open} ${items.join(' ')} ${close}`;
  return line.length <= 100 && !line.includes('\n') ? line : `${open}\n${indented(items.join('\n'))}\n${close}`;
}
