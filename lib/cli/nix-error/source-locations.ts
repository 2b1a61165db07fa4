import { type Position, positionAt } from '../../diagnostics';
import type { Answer, DefinitionSite, Question } from '../../synth/questions/questions';
import { homeOption, ownOption, shownOption } from './definitions';
import { definitionsIn, nodeMeant, type OptionPlace, spanMeant } from './node-at';
import type { OutputFiles } from './output-files';
import { isOnTheWay, type OutputLocation } from './output-location';
import type { OptionQuery, PendingDiagnostic } from './pending-diagnostic';
import { namesOf } from './pending-diagnostic';
import { memberAbove, nameInTemplate, sourceSpot } from './source';
import { shortPath } from './text';
import { isShared } from './trace-options';

/** A place that a diagnostic shows, and whose it is. */
export interface SourceLocation {
  readonly construct?: string;
  readonly position?: Position;
  /** What is there, if no construct wrote it. */
  readonly what?: string;
}

/** An option that somebody has set. */
export interface Cause extends SourceLocation {
  readonly option: string;
}

/** What the app has answered. */
export type Answers = (question: Question) => Answer | undefined;

/** The places that a item is about, in the order in which Nix names them. */
export function sourceLocationsOf(item: PendingDiagnostic, answers: Answers, files: OutputFiles): SourceLocation[] {
  const { problem, location, definitions, atLocation, beside, input } = item;
  const { names = [] } = problem;
  const inFiles = (problem.files ?? []).flatMap((file) => locationInFile(file, names, files));
  if (inFiles.length) return inFiles;
  const defined = distinct(definitions.flatMap((one) => locationsOfDefinition(one, answers, files)));
  if (defined.length) return defined;
  const next = beside?.questions.flatMap((question) => definitionSitesIn(answers(question))) ?? [];
  const [neighbour] = next.flatMap((site) => locationsOfSite(site, site.option, undefined, []));
  if (neighbour?.position) return [neighbour];
  const there = location ? locationsAt(location, atLocation, names, answers, files) : [];
  const isUsers = there.some((one) => one.position && one.what === undefined) && !(location && isOnTheWay(location));
  const declared = !input || isUsers ? [] : locationsOfInput(input, answers);
  return declared.length ? declared : there;
}

/** Where it is said what flake an input is. */
function locationsOfInput({ questions }: OptionQuery, answers: Answers): SourceLocation[] {
  const site = questions.flatMap((question) => definitionSitesIn(answers(question)));
  return site.flatMap(({ origins }) =>
    origins.flatMap(({ construct, position }) =>
      position ? [{ construct, position: sourceSpot(position, ['url'], { names: [] }) }] : [],
    ),
  );
}

/** Who made the host or home, or the flake. */
export function constructLocationOf({ constructs }: PendingDiagnostic, answers: Answers): SourceLocation | undefined {
  for (const question of constructs) {
    const [construct] = answers(question)?.constructSites ?? [];
    if (construct?.position) return construct;
  }
  return undefined;
}

/** The places of the first definition that is known of an option. */
export function causeOf({ option, questions, word }: OptionQuery, answers: Answers): Cause | undefined {
  const isMeant = (set: readonly string[]) => word === undefined || (set.includes(word) && !isShared(set));
  const site = questions
    .flatMap((question) => definitionSitesIn(answers(question)))
    .filter((one) => isMeant(one.option));
  const placed = site.flatMap((one) => {
    const set = word === undefined ? option : one.option;
    return locationsOfSite(one, ownOption(set), undefined, []).map((shown) => ({ ...shown, option: shownOption(set) }));
  });
  const known = placed.filter((one) => one.position);
  return known.find((one) => one.what === undefined) ?? known[0];
}

function distinct(all: readonly SourceLocation[]): SourceLocation[] {
  return [...new Map(all.map((one) => [JSON.stringify([one.position, one.what]), one])).values()];
}

/** The definitions that an answer tells of. */
function definitionSitesIn(answer: Answer | undefined): readonly DefinitionSite[] {
  return answer ? [...answer.definitions, ...answer.options.flatMap((one) => one.definitions)] : [];
}

function locationsAt(
  location: OutputLocation,
  questions: readonly Question[],
  names: readonly string[],
  answers: Answers,
  files: OutputFiles,
): SourceLocation[] {
  const source = files.sourceOf(location.file);
  if (source !== undefined) return [locationInCopy(location, source, names, files)];
  for (const question of questions) {
    const option = location.spot?.option ?? location.option;
    const found = definitionSitesIn(answers(question)).flatMap((site) =>
      locationsOfSite(site, option, location, names),
    );
    if (found.length) return found.slice(0, 1);
  }
  return [];
}

/** Where a definition is that the module system tells of. */
function locationsOfDefinition(
  { file, option, questions }: PendingDiagnostic['definitions'][number],
  answers: Answers,
  files: OutputFiles,
): SourceLocation[] {
  const path = files.find(file);
  if (path === undefined) return [{ what: `the other one is in ${shortPath(file)}` }];
  if (files.sourceOf(path) !== undefined) return locationsInModule(path, option, files);
  for (const question of questions) {
    const home = homeOption(option)?.option;
    const isOwn = home && 'option' in question && question.option.join('\0') === namesOf(home).join('\0');
    const own = isOwn ? home : option;
    const found = definitionSitesIn(answers(question)).flatMap((site) => locationsOfSite(site, own, undefined, []));
    if (found.length) return found;
  }
  return [];
}

/** Where a module of the user's own defines an option. */
function locationsInModule(path: string, option: OptionPlace, files: OutputFiles): SourceLocation[] {
  const tree = files.tree(path);
  const offsets = tree ? [option, homeOption(option)?.option ?? []].flatMap((one) => definitionsIn(tree, one)) : [];
  return (offsets.length ? offsets : [0]).map((offset) => ({ position: inSource(path, offset, undefined, files) }));
}

/** Where a name is in a file of the user's own. */
function locationInFile(nixPath: string, [name]: readonly string[], files: OutputFiles): SourceLocation[] {
  const path = files.find(nixPath);
  if (path === undefined || files.sourceOf(path) === undefined) return [];
  const word = name === undefined ? undefined : new RegExp(`(?<![\\w'-])${name.replace(/\W/g, '\\$&')}(?![\\w'-])`);
  const at = word ? files.text(path).search(word) : 0;
  return [{ position: inSource(path, Math.max(at, 0), undefined, files) }];
}

function locationInCopy(
  { file, at, spot }: OutputLocation,
  source: string,
  names: readonly string[],
  files: OutputFiles,
): SourceLocation {
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
function locationsOfSite(
  site: DefinitionSite,
  option: OptionPlace | undefined,
  location: OutputLocation | undefined,
  names: readonly string[],
): SourceLocation[] {
  if (site.source) return [{ position: site.source }];
  return site.origins.map(({ construct, position, reason }) => {
    if (reason !== undefined) return { construct, ...(position && { position }), what: `cdknix sets it: ${reason}` };
    if (!position) return { construct };
    const whole = option ?? site.option;
    const name = String(whole.at(-1) ?? site.option[0]);
    if (whole.length < site.option.length) {
      return { construct, position: nameInTemplate(memberAbove(position, name), name) };
    }
    if (!location && typeof whole.at(-1) === 'string') return { construct, position: nameInTemplate(position, name) };
    const rest = site.option.every((name, i) => name === whole[i]) ? whole.slice(site.option.length) : [];
    return {
      construct,
      position: sourceSpot(position, rest, { ...(location?.spot && { spot: location.spot }), names }),
    };
  });
}
