import type { Diagnostic } from '../../diagnostics';
import { nearestNames } from '../../options/nearest';
import type { Answer, Question } from '../../synth/questions/questions';
import { parseOptionName, shownOption } from './definitions';
import type { OptionPlace } from './node-at';
import type { OutputFiles } from './output-files';
import {
  type EvaluationMessages,
  type PendingDiagnostic,
  pendingDiagnosticsOf,
  questionsIn,
} from './pending-diagnostic';
import type { Choice } from './problem';
import {
  type Answers,
  type Cause,
  causeOf,
  constructLocationOf,
  type SourceLocation,
  sourceLocationsOf,
} from './source-locations';
import { anyOf, cut, cutLines, shortPath } from './text';
import { nameOfModule } from './trace-options';

/** Whom to ask about an output. */
export interface DiagnosisContext {
  readonly files: OutputFiles;
  /** The app. */
  ask(questions: readonly Question[]): Promise<readonly Answer[]>;
  /** Nix: the names in a set that the host or home sees; none if that cannot be found out. */
  namesIn(of: string, choice: Choice): Promise<readonly string[]>;
  /** The tables of options: what to say of one that the host or home lacks and another module system has. */
  otherModuleSystem(of: string, option: OptionPlace): Pick<Diagnostic, 'message' | 'help'> | undefined;
}

/** What Nix objects to, at the places in the user's own source that it comes from. */
export async function diagnose(
  messages: readonly EvaluationMessages[],
  context: DiagnosisContext,
): Promise<Diagnostic[]> {
  const pending = messages.flatMap((one) => pendingDiagnosticsOf(one, context.files));
  const answers = await answersFor(pending, context);
  const diagnostics: Diagnostic[] = [];
  for (const item of pending) {
    const help = await helpOf(item, context);
    const diagnostic = diagnosticOf(item, answers, context.files);
    diagnostics.push({ help, ...diagnostic, ...otherModuleSystem(item, context) });
  }
  return deduplicated(diagnostics, pending).map(({ diagnostic, item }) => ({
    ...diagnostic,
    ...constructFallback(diagnostic, item, answers),
  }));
}

const ofOthers = 'no file of this project says so: it is of the code of an input, and there is nothing to do here';

/** Where the host or home is made, if no other place is known. */
function constructFallback(
  { position, related = [] }: Diagnostic,
  item: PendingDiagnostic,
  answers: Answers,
): Partial<Diagnostic> {
  const { code, named = [] } = item.problem;
  if (position || related.some((one) => one.position)) return {};
  const [near] = item.neighbours.flatMap((one) => causeOf(one, answers) ?? []);
  if (near) return locationBeside(near, related);
  const construct = constructLocationOf(item, answers);
  return {
    ...(construct?.position && { path: construct.construct!, position: construct.position }),
    ...(code === 'nix-warning' && !named.length && { help: ofOthers }),
    ...(code === 'nix-assertion' && named.length && { help: nobodySets }),
  };
}

const nobodySets = 'nobody sets what is named: set it as it says';

/** Beside an option that nobody sets: what is set of the same service or account. */
function locationBeside(
  { construct, position, option }: Cause,
  related: Diagnostic['related'] = [],
): Partial<Diagnostic> {
  return {
    ...(construct !== undefined && { path: construct }),
    position: position!,
    related: [...related, { message: `${option} is set here` }],
    help: nobodySets,
  };
}

async function answersFor(pending: readonly PendingDiagnostic[], { ask }: DiagnosisContext): Promise<Answers> {
  const keyOf = (question: Question) => JSON.stringify(question);
  const questions = new Map(pending.flatMap(questionsIn).map((one) => [keyOf(one), one]));
  if (!questions.size) return () => undefined;
  const answers = new Map((await ask([...questions.values()])).map((one) => [keyOf(one.question), one]));
  return (question) => answers.get(keyOf(question));
}

/** How many places are worth the space. */
const mostShown = 5;

function diagnosticOf(item: PendingDiagnostic, answers: Answers, files: OutputFiles): Diagnostic {
  const { problem, of, module } = item;
  const { code, severity = 'error', option } = problem;
  const message = cut(problem.message);
  const notes = [
    ...cutLines(problem.notes ?? []),
    ...(module === undefined ? [] : [`it comes from ${shortPath(module)}`]),
  ];
  // What is defined later is likelier to be the one to change.
  const found = sourceLocationsOf(item, answers, files).toReversed().sort(byRank);
  const causes = item.causes.flatMap((one) => causeOf(one, answers) ?? []).sort(byRank);
  const isNamed = problem.named !== undefined;
  // Whoever sets what an assertion names is nearer to the cause than the assertion is.
  const places = isNamed && causes.length ? [] : found;
  const isOfModule = (name: string) => module !== undefined && parseOptionName(name).includes(nameOfModule(module));
  const isMeant = (name: string) =>
    isNamed || isOfModule(name) || (option !== undefined && shownOption(option) === name);
  const [first, ...others] = places.length ? places : isNamed ? causes.slice(0, 1) : [];
  const more = (isNamed ? causes : first?.position ? [] : causes.slice(0, 1)).filter(
    (one) => one.position !== first?.position,
  );
  const related = [
    ...notes.map((note) => ({ message: note })),
    ...(first?.what !== undefined && !isNamed ? [{ message: first.what }] : []),
    ...others.map((one) => ({ message: otherWords(one, first), ...(one.position && { position: one.position }) })),
    ...more.map((one) => ({
      message: isMeant(one.option) ? `${one.option} is set here:` : `it came up with ${one.option}, which is set here:`,
      ...(one.position && { position: one.position }),
    })),
  ];
  return {
    code,
    severity,
    message,
    path: first?.construct ?? more[0]?.construct ?? of,
    ...(first?.position && { position: first.position }),
    ...(related.length && { related: related.slice(0, notes.length + mostShown) }),
    ...(problem.ownText !== undefined && places[0]?.position && { help: ownWords(severity) }),
  };
}

/** What to do about an assertion or warning of the user's own. */
function ownWords(severity: Diagnostic['severity']): string {
  return severity === 'warning'
    ? 'do as it says, or leave it: it is a warning of your own'
    : 'the assertion is your own: change what it is about, or the assertion';
}

/** What the user says is shown before what cdknix says for a construct of theirs, and that before what others say. */
const byRank = (a: SourceLocation, b: SourceLocation) => rank(a) - rank(b);
const rank = ({ position, what }: SourceLocation) => (position ? 0 : 2) + (what === undefined ? 0 : 1);

function otherWords({ construct, what }: SourceLocation, first: SourceLocation | undefined): string {
  if (what !== undefined) return what;
  return construct === undefined || construct === first?.construct
    ? 'the other one:'
    : `the other one, in ${construct}:`;
}

/** What to do; with the names that there are, where one is wrong. */
async function helpOf({ of, problem }: PendingDiagnostic, context: DiagnosisContext): Promise<string> {
  const { choice, help } = problem;
  if (!choice) return help;
  const near = nearestNames(choice.name, await context.namesIn(of, choice));
  return near.length ? `did you mean ${anyOf(near)}?` : help;
}

/** What is messages of an option that another module system has. */
function otherModuleSystem({ of, problem }: PendingDiagnostic, context: DiagnosisContext) {
  const { code, option } = problem;
  return code === 'nix-option-unknown' && option ? context.otherModuleSystem(of, option) : undefined;
}

/** Each problem once, whatever hosts and homes have it. */
function deduplicated(diagnostics: readonly Diagnostic[], pending: readonly PendingDiagnostic[]) {
  const found = new Map<
    string,
    { readonly diagnostic: Diagnostic; readonly item: PendingDiagnostic; readonly of: Set<string> }
  >();
  diagnostics.forEach((diagnostic, i) => {
    const { code, message, position, path } = diagnostic;
    const item = pending[i]!;
    const { of } = item;
    const own = position ? [position.file, position.line, position.column] : path === of ? [] : [path];
    const key = JSON.stringify([code, message, ...own]);
    const known = found.get(key);
    if (known) known.of.add(of);
    else found.set(key, { diagnostic, item, of: new Set([of]) });
  });
  return [...found.values()].map(({ diagnostic, item, of }) => {
    if (of.size < 2) return { diagnostic, item };
    const { related = [], ...rest } = diagnostic;
    return { item, diagnostic: { ...rest, related: [...related, { message: `on ${listed([...of])}` }] } };
  });
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, 3).join(', ');
  return names.length > 3 ? `${shown} and ${names.length - 3} more` : shown;
}
