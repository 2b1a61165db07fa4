import type { Question } from '../../synth/questions/questions';
import { problemOfWarning, problemsOf } from './classify';
import { evaluatedOptions } from './code-messages';
import { homeOption, ownOption } from './definitions';
import { inputsIn, problemOfInput } from './input-messages';
import { locationOfText } from './message-text';
import type { NixError } from './nix-error';
import type { OptionPlace } from './node-at';
import type { OutputFiles } from './output-files';
import { locationOf, locationOfUse, type OutputLocation } from './output-location';
import type { NixProblem } from './problem';
import { moduleInTrace, nameOfModule, optionsInTrace } from './trace-options';

/** What Nix said of a host or home. */
export interface EvaluationMessages {
  /** As questions to the app name it. */
  readonly of: string;
  readonly error?: NixError;
  readonly warnings: readonly string[];
}

/** An option that somebody may have set, and what is asked to know who. */
export interface OptionQuery {
  readonly option: OptionPlace;
  /** The first that is answered counts. */
  readonly questions: readonly Question[];
  /** Only options with this name on their way are meant. */
  readonly word?: string;
}

/** One thing that Nix objects to, and what has to be known to show where it comes from. */
export interface PendingDiagnostic {
  readonly of: string;
  readonly problem: NixProblem;
  /** Where in the output it is found, unless it is about definitions that it names. */
  readonly location?: OutputLocation;
  readonly definitions: readonly (OptionQuery & { readonly file: string })[];
  readonly atLocation: readonly Question[];
  /** What is next to an option that has no value. */
  readonly beside?: OptionQuery;
  /** The input that it is about, in `flake.nix`. */
  readonly input?: OptionQuery;
  /** What the text names, or what was evaluated on the way. */
  readonly causes: readonly OptionQuery[];
  /** Of an assertion, what is near the options that it names, the nearest first: who set it may have to set them too. */
  readonly neighbours: readonly OptionQuery[];
  /** The module of others that the error comes from, as Nix names its file. */
  readonly module?: string;
  /** What is asked to know who made the host or home, the likeliest first. */
  readonly constructs: readonly Question[];
}

/** All that Nix objects to. */
export function pendingDiagnosticsOf(
  { of, error, warnings }: EvaluationMessages,
  files: OutputFiles,
): PendingDiagnostic[] {
  const fromWarnings = warnings.map((warning) =>
    pendingDiagnosticOf(of, problemOfWarning(warning), undefined, undefined, files),
  );
  if (!error) return fromWarnings;
  const location = locationOf(error, files);
  const ofInput = problemOfInput(error, inputsIn(files));
  const problems = ofInput ? [ofInput] : problemsOf(error, location?.spot);
  const errors = problems.map((one) => pendingDiagnosticOf(of, one, location, error, files));
  return [...fromWarnings, ...errors];
}

/** All questions of a item. */
export function questionsIn({
  definitions,
  atLocation,
  beside,
  input,
  causes,
  neighbours,
  constructs,
}: PendingDiagnostic): Question[] {
  const asked = [...definitions, ...[beside, input].filter((one) => one !== undefined), ...causes, ...neighbours];
  return [...asked.flatMap((one) => one.questions), ...atLocation, ...constructs];
}

/** How many options on the way to an error are asked about. */
const mostCauses = 40;

function pendingDiagnosticOf(
  of: string,
  problem: NixProblem,
  found: OutputLocation | undefined,
  error: NixError | undefined,
  files: OutputFiles,
): PendingDiagnostic {
  const { code, severity, option, definitions = [], named, isMissing, input, ownText } = problem;
  const location = ownText === undefined ? found : locationOfText(ownText, files);
  const isAbout = definitions.length > 0 || (problem.files?.length ?? 0) > 0;
  const isOurs = definitions.some(({ file }) => files.find(file) !== undefined);
  const own =
    isAbout || !location
      ? undefined
      : isMissing && option
        ? locationOfUse(location, ownOption(option), files)
        : location;
  const isWritten = own && files.sourceOf(own.file) === undefined;
  // Definitions by modules of others may come from what the user says of another option.
  const isPlaced = isOurs || (problem.files?.length ?? 0) > 0 || (!isAbout && location !== undefined);
  const passed = error ? optionsInTrace(error.frames, files) : [];
  const others = named ?? (isPlaced ? [] : [...(option ? [option] : []), ...passed]);
  const module = error && !named && !isAbout && !isPlaced && !option ? moduleInTrace(error, files) : undefined;
  return {
    of,
    problem,
    ...(own && { location: own }),
    definitions: definitions.flatMap(({ file }) => {
      const path = files.find(file);
      const isOurs = path !== undefined && files.sourceOf(path) === undefined;
      return [{ file, option: option ?? [], questions: isOurs ? questionsOfFile(path, option ?? []) : [] }];
    }),
    atLocation: isWritten ? questionsAt(own) : [],
    ...(isMissing && option && { beside: { option, questions: questionsOf(of, option.slice(0, -1)) } }),
    ...(input !== undefined && { input: queryOfInput(input) }),
    ...(module !== undefined && { module }),
    causes: [
      ...(module === undefined ? [] : queryOfModule(of, module, error!)),
      ...others.slice(0, mostCauses).map((one) => ({ option: one, questions: questionsOf(of, one) })),
    ],
    neighbours: code === 'nix-assertion' && named ? named.flatMap((one) => neighboursOf(of, one)) : [],
    // A warning that names nothing is of the module systems, not of the host.
    constructs:
      severity === 'warning' && !named?.length ? [] : constructQuestions(of, option ? [option] : (named ?? [])),
  };
}

/**
 * What is set beside an option, and the switches of what it is part of. A group at the top, such as `services`, has no
 * meaning of its own.
 */
function neighboursOf(of: string, option: OptionPlace): OptionQuery[] {
  const own = namesOf(ownOption(option));
  const way = option.slice(0, option.length - own.length);
  const groups = own.map((_, i) => own.slice(0, -i - 1)).filter((group) => group.length > 1);
  const switches = groups.map((group) => [...group, 'enable']);
  return [...switches.slice(0, 1), ...groups.slice(0, 1), ...switches.slice(1)].map((names) => {
    const near = [...way, ...names];
    return { option: near, questions: questionsOf(of, near) };
  });
}

/** Options that are called what a module of others is called are likely to be its own. */
function queryOfModule(of: string, module: string, { frames }: NixError): OptionQuery[] {
  const homes = evaluatedOptions(frames).flatMap((option) => homeOption(option)?.user ?? []);
  return [...new Set(homes).values()]
    .map((user) => `${user}@${of}`)
    .concat(of)
    .map((one) => ({ option: [], questions: [{ of: one, option: [] }], word: nameOfModule(module) }));
}

function queryOfInput(input: string): OptionQuery {
  const option = ['inputs', input];
  return { option, questions: [{ file: 'flake.nix', option }] };
}

/** Who is asked about: a user whose home or account the options are of, or else the host. */
function constructQuestions(of: string, options: readonly OptionPlace[]): Question[] {
  const users = options.flatMap((option) => {
    const [first, second, user] = option;
    const isUser = second === 'users' && (first === 'users' || first === 'home-manager');
    return isUser && typeof user === 'string' ? [user] : [];
  });
  return [...[...new Set(users)].map((user) => ({ made: `${user}@${of}` })), { made: of }];
}

/** The names on the way to an option, down to the first list. */
export function namesOf(option: OptionPlace): string[] {
  const end = option.findIndex((name) => typeof name === 'number');
  return (end < 0 ? option : option.slice(0, end)) as string[];
}

/** A home's own file names its options without the way to the home. */
function questionsOfFile(file: string, option: OptionPlace): Question[] {
  const home = homeOption(option);
  return [...(home ? [{ file, option: namesOf(home.option) }] : []), { file, option: namesOf(option) }];
}

function questionsAt({ file, at, spot, option }: OutputLocation): Question[] {
  if (file === 'flake.nix') return [{ file, option: namesOf(spot?.option ?? []) }];
  if (at && spot?.part !== 'other') return [{ file, option: [], at }];
  return option ? questionsOfFile(file, option) : [];
}

function questionsOf(of: string, option: OptionPlace): Question[] {
  const home = homeOption(option);
  if (home) return [{ of: `${home.user}@${of}`, option: namesOf(home.option) }];
  return option.length ? [{ of, option: namesOf(option) }] : [];
}
