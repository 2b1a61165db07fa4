import { type Position, positionAt } from '../../diagnostics';
import type { Answer, Question, Told } from '../../synth/questions/questions';
import { isShared } from './blame';
import { homeOption, ownOption, shownOption } from './definitions';
import type { Asked, Matter } from './matters';
import { namesOf } from './matters';
import type { OutputFiles } from './output';
import { definitionsIn, nodeMeant, type OptionPlace, spanMeant } from './place';
import { memberAbove, nameInTemplate, sourceSpot } from './source';
import { shortPath } from './text';
import { isOnTheWay, type Where } from './where';

/** A place that a diagnostic shows, and whose it is. */
export interface Shown {
  readonly construct?: string;
  readonly position?: Position;
  /** What is there, if no construct wrote it. */
  readonly what?: string;
}

/** An option that somebody has set. */
export interface Cause extends Shown {
  readonly option: string;
}

/** What the app has answered. */
export type Answers = (question: Question) => Answer | undefined;

/** The places that a matter is about, in the order in which Nix names them. */
export function placesOf(matter: Matter, answers: Answers, files: OutputFiles): Shown[] {
  const { objection, where, definitions, atWhere, beside, input } = matter;
  const { names = [] } = objection;
  const inFiles = (objection.files ?? []).flatMap((file) => placeInFile(file, names, files));
  if (inFiles.length) return inFiles;
  const defined = distinct(definitions.flatMap((one) => placesOfDefinition(one, answers, files)));
  if (defined.length) return defined;
  const next = beside?.questions.flatMap((question) => toldIn(answers(question))) ?? [];
  const [neighbour] = next.flatMap((told) => shownOf(told, told.option, undefined, []));
  if (neighbour?.position) return [neighbour];
  const there = where ? placeAt(where, atWhere, names, answers, files) : [];
  const isUsers = there.some((one) => one.position && one.what === undefined) && !(where && isOnTheWay(where));
  const declared = !input || isUsers ? [] : placesOfInput(input, answers);
  return declared.length ? declared : there;
}

/** Where it is said what flake an input is. */
function placesOfInput({ questions }: Asked, answers: Answers): Shown[] {
  const told = questions.flatMap((question) => toldIn(answers(question)));
  return told.flatMap(({ origins }) =>
    origins.flatMap(({ construct, position }) =>
      position ? [{ construct, position: sourceSpot(position, ['url'], { names: [] }) }] : [],
    ),
  );
}

/** Who made the host or home, or the flake. */
export function makerOf({ makers }: Matter, answers: Answers): Shown | undefined {
  for (const question of makers) {
    const [maker] = answers(question)?.makers ?? [];
    if (maker?.position) return maker;
  }
  return undefined;
}

/** The places of the first definition that is known of an option. */
export function causeOf({ option, questions, word }: Asked, answers: Answers): Cause | undefined {
  const isMeant = (set: readonly string[]) => word === undefined || (set.includes(word) && !isShared(set));
  const told = questions.flatMap((question) => toldIn(answers(question))).filter((one) => isMeant(one.option));
  const placed = told.flatMap((one) => {
    const set = word === undefined ? option : one.option;
    return shownOf(one, ownOption(set), undefined, []).map((shown) => ({ ...shown, option: shownOption(set) }));
  });
  const known = placed.filter((one) => one.position);
  return known.find((one) => one.what === undefined) ?? known[0];
}

function distinct(all: readonly Shown[]): Shown[] {
  return [...new Map(all.map((one) => [JSON.stringify([one.position, one.what]), one])).values()];
}

/** The definitions that an answer tells of. */
function toldIn(answer: Answer | undefined): readonly Told[] {
  return answer ? [...answer.definitions, ...answer.options.flatMap((one) => one.definitions)] : [];
}

function placeAt(
  where: Where,
  questions: readonly Question[],
  names: readonly string[],
  answers: Answers,
  files: OutputFiles,
): Shown[] {
  const source = files.sourceOf(where.file);
  if (source !== undefined) return [placeInCopy(where, source, names, files)];
  for (const question of questions) {
    const option = where.spot?.option ?? where.option;
    const found = toldIn(answers(question)).flatMap((told) => shownOf(told, option, where, names));
    if (found.length) return found.slice(0, 1);
  }
  return [];
}

/** Where a definition is that the module system tells of. */
function placesOfDefinition(
  { file, option, questions }: Matter['definitions'][number],
  answers: Answers,
  files: OutputFiles,
): Shown[] {
  const path = files.find(file);
  if (path === undefined) return [{ what: `the other one is in ${shortPath(file)}` }];
  if (files.sourceOf(path) !== undefined) return placesInModule(path, option, files);
  for (const question of questions) {
    const home = homeOption(option)?.option;
    const isOwn = home && 'option' in question && question.option.join('\0') === namesOf(home).join('\0');
    const own = isOwn ? home : option;
    const found = toldIn(answers(question)).flatMap((told) => shownOf(told, own, undefined, []));
    if (found.length) return found;
  }
  return [];
}

/** Where a module of the user's own defines an option. */
function placesInModule(path: string, option: OptionPlace, files: OutputFiles): Shown[] {
  const tree = files.tree(path);
  const offsets = tree ? [option, homeOption(option)?.option ?? []].flatMap((one) => definitionsIn(tree, one)) : [];
  return (offsets.length ? offsets : [0]).map((offset) => ({ position: inSource(path, offset, undefined, files) }));
}

/** Where a name is in a file of the user's own. */
function placeInFile(nixPath: string, [name]: readonly string[], files: OutputFiles): Shown[] {
  const path = files.find(nixPath);
  if (path === undefined || files.sourceOf(path) === undefined) return [];
  const word = name === undefined ? undefined : new RegExp(`(?<![\\w'-])${name.replace(/\W/g, '\\$&')}(?![\\w'-])`);
  const at = word ? files.text(path).search(word) : 0;
  return [{ position: inSource(path, Math.max(at, 0), undefined, files) }];
}

function placeInCopy({ file, at, spot }: Where, source: string, names: readonly string[], files: OutputFiles): Shown {
  const node = spot && nodeMeant(spot, names);
  const span = node && spanMeant(node, names);
  const { line = 1, column = 1 } = at ?? {};
  return {
    position: span ? inSource(file, span.start, span.end, files) : { file: source, line, column, isSource: true },
  };
}

/** A place in the user's own file that the output has a copy of: up to the end of the word, if it is not said. */
function inSource(path: string, start: number, end: number | undefined, files: OutputFiles): Position {
  const text = files.text(path);
  const rest = text.slice(start, end ?? start + /^[\w'-]*/.exec(text.slice(start))![0].length);
  const length = Math.max(1, rest.split(/\r?\n/)[0]!.length);
  return { ...positionAt(files.sourceOf(path)!, text, start), length, isSource: true };
}

/** The places of a definition: of the part of it that is meant, if it has several. */
function shownOf(
  told: Told,
  option: OptionPlace | undefined,
  where: Where | undefined,
  names: readonly string[],
): Shown[] {
  if (told.source) return [{ position: told.source }];
  return told.origins.map(({ construct, position, reason }) => {
    if (reason !== undefined) return { construct, ...(position && { position }), what: `cdknix sets it: ${reason}` };
    if (!position) return { construct };
    const whole = option ?? told.option;
    const name = String(whole.at(-1) ?? told.option[0]);
    if (whole.length < told.option.length) {
      return { construct, position: nameInTemplate(memberAbove(position, name), name) };
    }
    if (!where && typeof whole.at(-1) === 'string') return { construct, position: nameInTemplate(position, name) };
    const rest = told.option.every((name, i) => name === whole[i]) ? whole.slice(told.option.length) : [];
    return { construct, position: sourceSpot(position, rest, { ...(where?.spot && { spot: where.spot }), names }) };
  });
}
