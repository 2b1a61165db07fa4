import type { Diagnostic } from '../../diagnostics';
import { nearestNames } from '../../options/nearest';
import type { Answer, Question } from '../../synth/questions/questions';
import { nameOfModule } from './blame';
import { optionTold, shownOption } from './definitions';
import { type Matter, mattersOf, questionsIn, type Said } from './matters';
import type { Choice } from './objection';
import type { OutputFiles } from './output';
import type { OptionPlace } from './place';
import { type Answers, causeOf, makerOf, placesOf, type Shown } from './shown';
import { anyOf, cut, cutLines, shortPath } from './text';

/** Whom to ask about an output. */
export interface Witnesses {
  readonly files: OutputFiles;
  /** The app. */
  ask(questions: readonly Question[]): Promise<readonly Answer[]>;
  /** Nix: the names in a set that the host or home sees; none if that cannot be found out. */
  namesIn(of: string, choice: Choice): Promise<readonly string[]>;
  /** The tables of options: what to say of one that the host or home lacks and another module system has. */
  elsewhere(of: string, option: OptionPlace): Pick<Diagnostic, 'message' | 'help'> | undefined;
}

/** What Nix objects to, at the places in the user's own source that it comes from. */
export async function diagnose(said: readonly Said[], witnesses: Witnesses): Promise<Diagnostic[]> {
  const matters = said.flatMap((one) => mattersOf(one, witnesses.files));
  const answers = await answersFor(matters, witnesses);
  const diagnostics: Diagnostic[] = [];
  for (const matter of matters) {
    const help = await helpOf(matter, witnesses);
    const diagnostic = diagnosticOf(matter, answers, witnesses.files);
    diagnostics.push({ help, ...diagnostic, ...elsewhere(matter, witnesses) });
  }
  return together(diagnostics, matters).map(({ diagnostic, matter }) => ({
    ...diagnostic,
    ...made(diagnostic, matter, answers),
  }));
}

const ofOthers = 'no file of this project says so: it is of the code of an input, and there is nothing to do here';

/** Where the host or home is made, if no other place is known. */
function made({ position, related = [] }: Diagnostic, matter: Matter, answers: Answers): Partial<Diagnostic> {
  const { code, named = [] } = matter.objection;
  if (position || related.some((one) => one.position)) return {};
  const maker = makerOf(matter, answers);
  return {
    ...(maker?.position && { path: maker.construct!, position: maker.position }),
    ...(code === 'nix-warning' && !named.length && { help: ofOthers }),
    ...(code === 'nix-assertion' && named.length && { help: 'nobody sets what is named: set it as it says' }),
  };
}

async function answersFor(matters: readonly Matter[], { ask }: Witnesses): Promise<Answers> {
  const keyOf = (question: Question) => JSON.stringify(question);
  const questions = new Map(matters.flatMap(questionsIn).map((one) => [keyOf(one), one]));
  if (!questions.size) return () => undefined;
  const answers = new Map((await ask([...questions.values()])).map((one) => [keyOf(one.question), one]));
  return (question) => answers.get(keyOf(question));
}

/** How many places are worth the space. */
const mostShown = 5;

function diagnosticOf(matter: Matter, answers: Answers, files: OutputFiles): Diagnostic {
  const { objection, of, module } = matter;
  const { code, severity = 'error', option } = objection;
  const message = cut(objection.message);
  const notes = [
    ...cutLines(objection.notes ?? []),
    ...(module === undefined ? [] : [`it comes from ${shortPath(module)}`]),
  ];
  // What is defined later is likelier to be the one to change.
  const found = placesOf(matter, answers, files).toReversed().sort(byRank);
  const causes = matter.causes.flatMap((one) => causeOf(one, answers) ?? []).sort(byRank);
  const isNamed = objection.named !== undefined;
  // Whoever sets what an assertion names is nearer to the cause than the assertion is.
  const places = isNamed && causes.length ? [] : found;
  const isOfModule = (name: string) => module !== undefined && optionTold(name).includes(nameOfModule(module));
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
    ...(objection.said !== undefined && places[0]?.position && { help: ownWords(severity) }),
  };
}

/** What to do about an assertion or warning of the user's own. */
function ownWords(severity: Diagnostic['severity']): string {
  return severity === 'warning'
    ? 'do as it says, or leave it: it is a warning of your own'
    : 'the assertion is your own: change what it is about, or the assertion';
}

/** What the user says is shown before what cdknix says for a construct of theirs, and that before what others say. */
const byRank = (a: Shown, b: Shown) => rank(a) - rank(b);
const rank = ({ position, what }: Shown) => (position ? 0 : 2) + (what === undefined ? 0 : 1);

function otherWords({ construct, what }: Shown, first: Shown | undefined): string {
  if (what !== undefined) return what;
  return construct === undefined || construct === first?.construct
    ? 'the other one:'
    : `the other one, in ${construct}:`;
}

/** What to do; with the names that there are, where one is wrong. */
async function helpOf({ of, objection }: Matter, witnesses: Witnesses): Promise<string> {
  const { choice, help } = objection;
  if (!choice) return help;
  const near = nearestNames(choice.name, await witnesses.namesIn(of, choice));
  return near.length ? `did you mean ${anyOf(near)}?` : help;
}

/** What is said of an option that another module system has. */
function elsewhere({ of, objection }: Matter, witnesses: Witnesses) {
  const { code, option } = objection;
  return code === 'nix-option-unknown' && option ? witnesses.elsewhere(of, option) : undefined;
}

/** Each problem once, whatever hosts and homes have it. */
function together(diagnostics: readonly Diagnostic[], matters: readonly Matter[]) {
  const found = new Map<
    string,
    { readonly diagnostic: Diagnostic; readonly matter: Matter; readonly of: Set<string> }
  >();
  diagnostics.forEach((diagnostic, i) => {
    const { code, message, position, path } = diagnostic;
    const matter = matters[i]!;
    const { of } = matter;
    const own = position ? [position.file, position.line, position.column] : path === of ? [] : [path];
    const key = JSON.stringify([code, message, ...own]);
    const known = found.get(key);
    if (known) known.of.add(of);
    else found.set(key, { diagnostic, matter, of: new Set([of]) });
  });
  return [...found.values()].map(({ diagnostic, matter, of }) => {
    if (of.size < 2) return { diagnostic, matter };
    const { related = [], ...rest } = diagnostic;
    return { matter, diagnostic: { ...rest, related: [...related, { message: `on ${listed([...of])}` }] } };
  });
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, 3).join(', ');
  return names.length > 3 ? `${shown} and ${names.length - 3} more` : shown;
}
