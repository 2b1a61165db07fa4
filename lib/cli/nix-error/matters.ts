import type { Question } from '../../synth/questions/questions';
import { moduleToBlame, nameOfModule, optionsToBlame } from './blame';
import { evaluatedOptions } from './code';
import { homeOption, ownOption } from './definitions';
import { inputsIn, objectionToInput } from './input';
import { objectionsOf, objectionTo } from './kinds';
import type { NixError } from './nix-error';
import type { Objection } from './objection';
import type { OutputFiles } from './output';
import type { OptionPlace } from './place';
import { whereSaid } from './said';
import { type Where, whereAsked, whereIs } from './where';

/** What Nix said of a host or home. */
export interface Said {
  /** As questions to the app name it. */
  readonly of: string;
  readonly error?: NixError;
  readonly warnings: readonly string[];
}

/** An option that somebody may have set, and what is asked to know who. */
export interface Asked {
  readonly option: OptionPlace;
  /** The first that is answered counts. */
  readonly questions: readonly Question[];
  /** Only options with this name on their way are meant. */
  readonly word?: string;
}

/** One thing that Nix objects to, and what has to be known to show where it comes from. */
export interface Matter {
  readonly of: string;
  readonly objection: Objection;
  /** Where in the output it is found, unless it is about definitions that it names. */
  readonly where?: Where;
  readonly definitions: readonly (Asked & { readonly file: string })[];
  readonly atWhere: readonly Question[];
  /** What is next to an option that has no value. */
  readonly beside?: Asked;
  /** The input that it is about, in `flake.nix`. */
  readonly input?: Asked;
  /** What the text names, or what was evaluated on the way. */
  readonly causes: readonly Asked[];
  /** The module of others that the error comes from, as Nix names its file. */
  readonly module?: string;
  /** What is asked to know who made the host or home, the likeliest first. */
  readonly makers: readonly Question[];
}

/** All that Nix objects to. */
export function mattersOf({ of, error, warnings }: Said, files: OutputFiles): Matter[] {
  const fromWarnings = warnings.map((warning) => matterOf(of, objectionTo(warning), undefined, undefined, files));
  if (!error) return fromWarnings;
  const where = whereIs(error, files);
  const ofInput = objectionToInput(error, inputsIn(files));
  const objections = ofInput ? [ofInput] : objectionsOf(error, where?.spot);
  const errors = objections.map((one) => matterOf(of, one, where, error, files));
  return [...fromWarnings, ...errors];
}

/** All questions of a matter. */
export function questionsIn({ definitions, atWhere, beside, input, causes, makers }: Matter): Question[] {
  const asked = [...definitions, ...[beside, input].filter((one) => one !== undefined), ...causes];
  return [...asked.flatMap((one) => one.questions), ...atWhere, ...makers];
}

/** How many options on the way to an error are asked about. */
const mostCauses = 40;

function matterOf(
  of: string,
  objection: Objection,
  found: Where | undefined,
  error: NixError | undefined,
  files: OutputFiles,
): Matter {
  const { severity, option, definitions = [], named, isMissing, input, said } = objection;
  const where = said === undefined ? found : whereSaid(said, files);
  const isAbout = definitions.length > 0 || (objection.files?.length ?? 0) > 0;
  const isOurs = definitions.some(({ file }) => files.find(file) !== undefined);
  const own = isAbout || !where ? undefined : isMissing && option ? whereAsked(where, ownOption(option), files) : where;
  const isWritten = own && files.sourceOf(own.file) === undefined;
  // Definitions by modules of others may come from what the user says of another option.
  const isPlaced = isOurs || (objection.files?.length ?? 0) > 0 || (!isAbout && where !== undefined);
  const passed = error ? optionsToBlame(error.frames, files) : [];
  const others = named ?? (isPlaced ? [] : [...(option ? [option] : []), ...passed]);
  const module = error && !named && !isAbout && !isPlaced && !option ? moduleToBlame(error, files) : undefined;
  return {
    of,
    objection,
    ...(own && { where: own }),
    definitions: definitions.flatMap(({ file }) => {
      const path = files.find(file);
      const isOurs = path !== undefined && files.sourceOf(path) === undefined;
      return [{ file, option: option ?? [], questions: isOurs ? questionsOfFile(path, option ?? []) : [] }];
    }),
    atWhere: isWritten ? questionsAt(own) : [],
    ...(isMissing && option && { beside: { option, questions: questionsOf(of, option.slice(0, -1)) } }),
    ...(input !== undefined && { input: askedOfInput(input) }),
    ...(module !== undefined && { module }),
    causes: [
      ...(module === undefined ? [] : askedOfModule(of, module, error!)),
      ...others.slice(0, mostCauses).map((one) => ({ option: one, questions: questionsOf(of, one) })),
    ],
    // A warning that names nothing is of the module systems, not of the host.
    makers: severity === 'warning' && !named?.length ? [] : makersOf(of, option ? [option] : (named ?? [])),
  };
}

/** Options that are called what a module of others is called are likely to be its own. */
function askedOfModule(of: string, module: string, { frames }: NixError): Asked[] {
  const homes = evaluatedOptions(frames).flatMap((option) => homeOption(option)?.user ?? []);
  return [...new Set(homes).values()]
    .map((user) => `${user}@${of}`)
    .concat(of)
    .map((one) => ({ option: [], questions: [{ of: one, option: [] }], word: nameOfModule(module) }));
}

function askedOfInput(input: string): Asked {
  const option = ['inputs', input];
  return { option, questions: [{ file: 'flake.nix', option }] };
}

/** Who is asked about: a user whose home or account the options are of, or else the host. */
function makersOf(of: string, options: readonly OptionPlace[]): Question[] {
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

function questionsAt({ file, at, spot, option }: Where): Question[] {
  if (file === 'flake.nix') return [{ file, option: namesOf(spot?.option ?? []) }];
  if (at && spot?.part !== 'other') return [{ file, option: [], at }];
  return option ? questionsOfFile(file, option) : [];
}

function questionsOf(of: string, option: OptionPlace): Question[] {
  const home = homeOption(option);
  if (home) return [{ of: `${home.user}@${of}`, option: namesOf(home.option) }];
  return option.length ? [{ of, option: namesOf(option) }] : [];
}
