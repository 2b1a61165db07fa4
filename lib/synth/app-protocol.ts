import { readFileSync, writeFileSync } from 'node:fs';
import { CdknixError, type Diagnostic, type Position, sourcePosition } from '../diagnostics';
import { unreadSources } from '../diagnostics/compiler';
import { type Assembly, assemblyVariable, questionsVariable } from './assembly';
import type { FleetPlan } from './plan';
import { type Answer, PlanQueries, type Question } from './questions/questions';

/** Leaves a plan for the command line. */
export function writeAssembly(file: string, plan: FleetPlan): void {
  const { files, state, summary, warnings } = plan;
  const questions = process.env[questionsVariable];
  const answers = questions ? { answers: answersTo(questions, plan) } : {};
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
  // Only this process can map its positions to the user's sources.
  const diagnostics = assembly.diagnostics.map((one) => ({
    ...one,
    position: mapped(one.position),
    related: one.related?.map((other) => ({ ...other, position: mapped(other.position) })),
    fix: one.fix && { ...one.fix, call: sourcePosition(one.fix.call) },
  }));
  const coarse = diagnostics.length || assembly.plan?.answers?.length ? unreadSources() : undefined;
  writeFileSync(file, JSON.stringify({ ...assembly, diagnostics: coarse ? [...diagnostics, coarse] : diagnostics }));
}

const mapped = (position: Position | undefined) => (position?.file ? sourcePosition(position) : undefined);

interface Root {
  readonly position: Position | undefined;
}

const roots: { root: Root; synth: () => void }[] = [];

/**
 * Under the command line, synthesises a flake when the app ends, and hands problems over instead of a stack trace.
 * Anywhere else it does nothing.
 */
export function synthAtExit(root: Root, synth: () => void): void {
  const file = process.env[assemblyVariable];
  if (!file) return;
  roots.push({ root, synth });
  if (roots.length > 1) return;
  const give = (error: unknown) => {
    if (error instanceof CdknixError) writeProblems(file, error);
    else console.error(error);
    process.exitCode = 1;
  };
  process.once('uncaughtException', (error) => {
    give(error);
    process.exit(1);
  });
  process.once('exit', (code) => {
    if (code !== 0) return;
    try {
      const [first, second] = roots;
      if (second) throw new CdknixError([twoFlakes(first!.root, second.root)]);
      first!.synth();
    } catch (error) {
      give(error);
    }
  });
}

function twoFlakes(first: Root, second: Root): Diagnostic {
  return {
    code: 'two-flakes',
    severity: 'error',
    message: 'the app makes two flakes, and the output can hold one',
    position: second.position,
    related: [{ message: 'the first one:', ...(first.position && { position: first.position }) }],
    help: 'put all hosts in one flake, or write a second app',
  };
}
