import { type Expr, print } from '../../nix';
import type { ModuleClass } from '../../options/config';
import { draft } from '../draft';
import type { FeatureCode } from '../feature';
import type { Code } from '../typescript/code';

/** Definitions as TypeScript. */
export interface DefinitionsCode extends Pick<FeatureCode, 'counts' | 'raws'> {
  readonly code: Code;
  /** Names from `cdknix`. */
  readonly imports: ReadonlySet<string>;
  readonly above: readonly string[];
}

const name = { camel: 'definitions', pascal: 'Definitions', key: 'definitions', folders: [] };

/** Definitions that stand in the flake, as an object; nothing where they need more than one. */
export function definitionsCode(expr: Expr, of: ModuleClass): DefinitionsCode | undefined {
  const { lowered } = draft(`{ inputs, ... }:\n${print(expr)}`, of, name);
  if (!lowered || lowered.code.options) return undefined;
  const { constants, statements, imports, counts, raws, header, remarks } = lowered.code;
  const [only, more] = statements;
  if (!only || more || constants.length || only.constant !== undefined || only.code.kind !== 'call') return undefined;
  const { fn, args } = only.code;
  if (fn.kind !== 'member' || fn.name !== 'set' || args.length !== 1) return undefined;
  return { code: args[0]!, imports, counts, raws, above: [...header, ...remarks, ...(only.above ?? [])] };
}
