import type { Diagnostic } from '../../diagnostics';
import { ConfigRoot } from '../../module';
import type { AttrSet, Expr } from '../../nix';
import { attributeNames } from '../../nix/attribute-names';
import { pushChildren, withoutParens } from '../../nix/walk';
import type { ModuleClass } from '../../options/config';
import { showPath } from '../../options/show-value';

/** An option as a call of `declare` has it. */
export interface OptionCode {
  readonly names: readonly string[];
  /** What it was declared with, functions in it being those of Nix. */
  readonly code: Expr;
}

/** An option whose value takes itself to be known, and the part of its declaration that reads it. */
export interface ApplyCycle extends Pick<Diagnostic, 'code' | 'message' | 'help'> {
  readonly names: readonly string[];
  readonly at: 'apply' | 'default';
}

/**
 * Options that are read by what makes their value: their own `default`, or an `apply`, by way of that of others. What a
 * default reads of others is no cycle for certain, as one of them may be defined.
 */
export function applyCycles(options: readonly OptionCode[], of: ModuleClass): ApplyCycle[] {
  const applied = options.map((option) => ({ option, read: readBy(option, 'apply', of, options) }));
  const readOf = new Map(applied.map(({ option, read }) => [option, read]));
  const found: ApplyCycle[] = [];
  const told = new Set<OptionCode>();
  for (const { option } of applied) {
    if (told.has(option)) continue;
    const cycle = cycleFrom(option, readOf);
    for (const one of cycle) told.add(one);
    if (cycle.length) found.push(cycleOf(cycle, 'apply'));
  }
  for (const option of options) {
    if (readBy(option, 'default', of, options).includes(option)) found.push(cycleOf([option], 'default'));
  }
  return found;
}

/** The options on the way from one back to it; none if no way leads there. */
function cycleFrom(start: OptionCode, readOf: ReadonlyMap<OptionCode, readonly OptionCode[]>): OptionCode[] {
  const cameFrom = new Map<OptionCode, OptionCode>();
  const queue = [start];
  for (const one of queue) {
    for (const next of readOf.get(one) ?? []) {
      if (cameFrom.has(next)) continue;
      cameFrom.set(next, one);
      if (next !== start) queue.push(next);
    }
  }
  const way: OptionCode[] = [];
  for (let at = cameFrom.get(start); at; at = at === start ? undefined : cameFrom.get(at)) way.unshift(at);
  return way;
}

function cycleOf(cycle: readonly OptionCode[], at: 'apply' | 'default'): ApplyCycle {
  const [first, ...others] = cycle.map(({ names }) => showPath(names));
  const way = [...others, first].map((name) => `reads ${name}`).join(', whose apply ');
  return {
    code: 'option-cycle',
    message: `the ${at} of ${first} ${way}: its value takes itself to be known`,
    help: at === 'apply' ? 'apply is given the value: make what it gives of that' : 'give it another default, or none',
    names: cycle[0]!.names,
    at,
  };
}

/** The options that a part of a declaration reads. */
function readBy({ code }: OptionCode, part: string, of: ModuleClass, options: readonly OptionCode[]): OptionCode[] {
  const value = partOf(code, part);
  const read = value ? selectionsIn(value, of) : [];
  return options.filter(({ names }) => read.some((one) => names.every((name, i) => one[i] === name)));
}

function partOf(declaration: Expr, name: string): Expr | undefined {
  const at = withoutParens(declaration);
  const set =
    at.kind === 'apply' ? at.args.map(withoutParens).find((one): one is AttrSet => one.kind === 'set') : undefined;
  const item = set?.items.find((one) => one.kind === 'binding' && attributeNames(one.path).join('.') === name);
  return item?.kind === 'binding' ? item.value : undefined;
}

/** What of the configuration is selected in a tree, by the names as far as they are known. */
function selectionsIn(tree: Expr, of: ModuleClass): (string | undefined)[][] {
  const found: (string | undefined)[][] = [];
  const stack: Expr[] = [tree];
  for (let node = stack.pop(); node; node = stack.pop()) {
    if (node.kind === 'select' && isConfig(node.of, of)) found.push(attributeNames(node.path));
    pushChildren(node, stack);
  }
  return found;
}

function isConfig(node: Expr, of: ModuleClass): boolean {
  if (node.kind === 'hole') return node.value instanceof ConfigRoot && node.value.of === of;
  return node.kind === 'ident' && node.name === 'config' && !node.binder;
}
