import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { CdknixError, type Diagnostic, failure, type Position, sourcePosition } from '../diagnostics';
import { unreadSources } from '../diagnostics/compiler';
import { exitPosition, noteWaiting } from './app-end';
import { type Assembly, assemblyVariable, flakesFile, questionsVariable } from './assembly';
import type { FleetPlan } from './plan';
import { type Answer, PlanQueries, type Question } from './questions/questions';
import { withoutToJson } from './without-to-json';

/** A flake of the app. */
interface Root {
  /** Where the user made it. */
  readonly position: Position | undefined;
  readonly synth: () => void;
}

/** All flakes of this process, whichever copy of this package made them. */
const rootsSymbol = Symbol.for('cdknix.flakes');
const shared = globalThis as { [rootsSymbol]?: Root[] };

/** Whether this process has handed anything over. */
let hasHandedOver = false;

/** Leaves a plan for the command line. */
export function writeAssembly(file: string, plan: FleetPlan): void {
  const { files, state, summary, warnings } = plan;
  const questions = process.env[questionsVariable];
  const answers = questions ? { answers: withoutToJson(() => answersTo(questions, plan)) } : {};
  writeAssemblyFile(file, {
    version: 1,
    diagnostics: warnings,
    plan: { files: [...files], state, summary, ...answers },
  });
}

function answersTo(file: string, plan: FleetPlan): Answer[] {
  const questions = JSON.parse(readFileSync(file, 'utf8')) as Question[];
  const inquiry = new PlanQueries(plan.planned);
  return questions.map((question) => inquiry.answer(question));
}

/** Leaves the reasons why there is no plan. */
export function writeProblems(file: string, error: CdknixError): void {
  writeAssemblyFile(file, { version: 1, diagnostics: error.diagnostics });
}

function writeAssemblyFile(file: string, assembly: Assembly): void {
  const position = shared[rootsSymbol]?.[0]?.position;
  const other = hasHandedOver ? undefined : flakeOfOther(file);
  const all = other ? { version: 1 as const, diagnostics: [twoFlakes(other, { position })] } : assembly;
  hasHandedOver = true;
  // Only this process can map its positions to the user's sources.
  const diagnostics = all.diagnostics.map((one) => ({
    ...one,
    position: mapped(one.position),
    related: one.related?.map((other) => ({ ...other, position: mapped(other.position) })),
    fix: one.fix && { ...one.fix, call: sourcePosition(one.fix.call) },
  }));
  const coarse = diagnostics.length || all.plan?.answers?.length ? unreadSources() : undefined;
  const told = coarse ? [...diagnostics, coarse] : diagnostics;
  const text = withoutToJson(() => JSON.stringify({ ...all, diagnostics: told, flake: mapped(position) }));
  writeFileSync(file, text);
}

const mapped = (position: Position | undefined) => (position?.file ? sourcePosition(position) : undefined);

/** The flake that another process of the app, or another thread, has handed over. */
function flakeOfOther(file: string): Pick<Root, 'position'> | undefined {
  if (!existsSync(file)) return undefined;
  try {
    const { flake } = JSON.parse(readFileSync(file, 'utf8')) as Assembly;
    return { position: flake };
  } catch {
    return { position: undefined };
  }
}

/**
 * Under the command line, synthesises a flake when the app ends, and hands problems over instead of a stack trace.
 * Anywhere else it does nothing.
 */
export function synthAtExit({ position }: Pick<Root, 'position'>, synth: () => void): void {
  const file = process.env[assemblyVariable];
  if (!file) return;
  // Whatever becomes of this process: the command line expects a flake of it.
  appendFileSync(flakesFile(file), '\n');
  shared[rootsSymbol] ??= [];
  const roots = shared[rootsSymbol];
  roots.push({ position, synth });
  if (roots.length > 1) return;
  const stillWaiting = noteWaiting();
  let isThrough = false;
  process.once('beforeExit', () => {
    isThrough = true;
  });
  process.once('exit', (code) => {
    if (code !== 0) return;
    try {
      const [first, second] = roots;
      if (second) throw new CdknixError([twoFlakes(first!, second)]);
      // Whoever has called `synth` has said that the flake is complete.
      if (!hasHandedOver) refuseUnfinished(isThrough ? undefined : exitPosition(), stillWaiting());
      first!.synth();
    } catch (error) {
      if (error instanceof CdknixError) writeProblems(file, error);
      else console.error(error);
      process.exitCode = 1;
    }
  });
}

/** Refuses a flake of which a part may be missing. */
function refuseUnfinished(exit: Position | undefined, waiting: Position | undefined): void {
  if (exit) {
    throw failure({
      code: 'app-exit',
      message: 'the app ends itself here, so its flake may not be complete',
      position: exit,
      help: 'let it end by itself, or call flake.synth() when the flake is complete',
    });
  }
  if (waiting) {
    throw failure({
      code: 'app-unfinished',
      message: 'the app waits here for something that never comes, so its flake may not be complete',
      position: waiting,
      help: 'see that the promise is settled, or call flake.synth() when the flake is complete',
    });
  }
}

function twoFlakes(first: Pick<Root, 'position'>, second: Pick<Root, 'position'>): Diagnostic {
  return {
    code: 'two-flakes',
    severity: 'error',
    message: 'the app makes two flakes, and the output can hold one',
    position: second.position,
    related: [{ message: 'the first one:', ...(first.position && { position: first.position }) }],
    help: 'put all hosts in one flake, or write a second app',
  };
}
