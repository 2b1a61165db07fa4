import type { Diagnostic } from '../../diagnostics';
import type { Plan } from '../../synth/output';
import { type App, testedExpressions } from '../typecheck/tested-expressions';

/** A plan with warnings of the expressions that its app tests; these say more of a line than that a reference has no use. */
export function withTestedExpressions(plan: Plan, app: App): Plan {
  const tested = testedExpressions(app);
  const lines = new Set(tested.map(lineOf));
  const others = plan.warnings.filter((one) => one.code !== 'reference-unused' || !lines.has(lineOf(one)));
  return { ...plan, warnings: [...others, ...tested] };
}

const lineOf = ({ position }: Diagnostic) => `${position?.file}:${position?.line}`;
