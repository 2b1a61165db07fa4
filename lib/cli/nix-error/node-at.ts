import type { Expr, Item, Key, Span } from '../../nix';
import { attributeNames } from '../../nix/attribute-names';
import { pushChildren } from '../../nix/walk';
import { moduleBody } from '../../synth/module-body';

/** A way into an option: names of attributes, and indices in lists. */
export type OptionPlace = readonly (string | number)[];

/** An expression on the way to a place in a module. */
export interface Step {
  readonly node: Expr;
  /** What it defines, as far as the names around it tell; absent outside of definitions. */
  readonly option?: OptionPlace;
}

/** What stands at a place in a Nix file. */
export interface Spot {
  readonly offset: number;
  /** From the module's body to the innermost expression there. */
  readonly steps: readonly Step[];
  /** The part of the module: its definitions, what it imports, or anything else. */
  readonly part: 'definitions' | 'imports' | 'other';
  /** The element of `imports`. */
  readonly imported?: Expr;
  /** The whole way into an option, also where the place is the name of a definition. In `flake.nix`, into an output or the inputs. */
  readonly option: OptionPlace;
  /** The names of the flake's inputs. */
  readonly inputs?: readonly string[];
  /** Whether the inputs are in scope by their names. */
  readonly isFlake?: true;
}

/** What stands at an offset in the code of a module. */
export function spotAt(tree: Expr, offset: number): Spot {
  const steps: Step[] = [];
  let part: Spot['part'] = 'other';
  let imported: Expr | undefined;
  let option: OptionPlace = [];
  inModule(tree);
  return { offset, steps, part, option, ...(imported && { imported }) };

  function inModule(node: Expr): void {
    const body = moduleBody(node);
    const item = body.kind === 'set' ? body.items.find(isIn) : undefined;
    if (item?.kind !== 'binding') {
      inCode(node);
      return;
    }
    const [first, ...rest] = attributeNames(item.path);
    if (first === 'imports' || first === 'disabledModules') {
      part = 'imports';
      inImports(item.value);
    } else if (first === 'options') inCode(item.value);
    else {
      part = 'definitions';
      inDefinitions(item.value, first === 'config' ? rest : [first, ...rest]);
    }
  }

  function inImports(node: Expr): void {
    imported = node.kind === 'list' ? node.items.find(isIn) : node;
    inCode(imported ?? node);
  }

  /** @param names those on the way, as far as they can be read */
  function inDefinitions(node: Expr, names: readonly (string | number | undefined)[]): void {
    const unknown = names.indexOf(undefined);
    option = (unknown < 0 ? names : names.slice(0, unknown)) as OptionPlace;
    if (!isIn(node)) return;
    if (unknown >= 0) {
      inCode(node);
      return;
    }
    steps.push({ node, option });
    const own = option;
    const [next, more] = nextIn(node);
    if (next) inDefinitions(next, [...own, ...more]);
    else inside(node);
  }

  /** The definition in a definition that the place is in, and the names on the way. */
  function nextIn(node: Expr): [next: Expr | undefined, names: readonly (string | number | undefined)[]] {
    switch (node.kind) {
      case 'paren':
        return [node.expr, []];
      case 'let':
      case 'with':
      case 'assert':
        return [isIn(node.body) ? node.body : undefined, []];
      case 'list': {
        const index = node.items.findIndex(isIn);
        return [node.items[index], [index]];
      }
      case 'set': {
        const item = node.items.find(isIn);
        return item?.kind === 'binding' ? [item.value, attributeNames(item.path)] : [undefined, []];
      }
      case 'apply': {
        const content = isProperty(node) ? node.args.at(-1) : undefined;
        if (!content || !isIn(content)) return [undefined, []];
        const isMerge = content.kind === 'list' && nameOf(node.fn) === 'mkMerge';
        return [isMerge ? content.items.find(isIn) : content, []];
      }
      default:
        return [undefined, []];
    }
  }

  /** Where there are no definitions any more. */
  function inCode(node: Expr): void {
    if (!isIn(node)) return;
    steps.push({ node });
    inside(node);
  }

  function inside(node: Expr): void {
    const children: Expr[] = [];
    pushChildren(node, children);
    const child = children.find(isIn);
    if (child) inCode(child);
  }

  function isIn(node: { readonly pos?: Expr['pos'] }): boolean {
    return node.pos !== undefined && node.pos.start <= offset && offset < node.pos.end;
  }
}

/** What stands at an offset in the code of a flake. */
export function spotInFlake(tree: Expr, offset: number): Spot {
  const members = tree.kind === 'set' ? tree.items : [];
  const outputs = members.find((one) => one.kind === 'binding' && attributeNames(one.path)[0] === 'outputs');
  const value = outputs?.kind === 'binding' ? outputs.value : undefined;
  if (value?.kind !== 'lambda' || !value.body.pos || offset < value.body.pos.start) return spotAt(tree, offset);
  const spot = spotAt(value.body, offset);
  return { ...spot, option: [...spot.option, ...memberAt(spot)], isFlake: true };
}

/** The way into what an output is configured with: `specialArgs`, and an argument. */
function memberAt({ steps, offset, option }: Spot): OptionPlace {
  const call = steps.find((step) => step.option === option)?.node;
  const argument = call?.kind === 'apply' ? call.args[0] : undefined;
  return argument?.kind === 'set' ? spotAt(argument, offset).option : [];
}

/** Whether an expression is a call of `lib.mkIf` or its kin. */
function isProperty({ fn }: Extract<Expr, { kind: 'apply' }>): boolean {
  return /^mk[A-Z]/.test(nameOf(fn));
}

function nameOf(fn: Expr): string {
  const last = fn.kind === 'select' ? fn.path.at(-1) : undefined;
  return fn.kind === 'ident' ? fn.name : last?.kind === 'name' ? last.name : '';
}

/** Where a module defines an option, or what is next to it; the places of the names, outermost first. */
export function definitionsIn(tree: Expr, option: OptionPlace): number[] {
  const found: { readonly depth: number; readonly at: number }[] = [];
  visit(tree, 0, tree.pos?.start ?? 0);
  const deepest = Math.max(0, ...found.map((one) => one.depth));
  return found.filter((one) => one.depth === deepest && deepest > 0).map((one) => one.at);

  function visit(node: Expr, depth: number, at: number): void {
    const key = option[depth];
    if (key === undefined) return;
    if (node.kind === 'paren') visit(node.expr, depth, at);
    else if (node.kind === 'lambda' || node.kind === 'let' || node.kind === 'with' || node.kind === 'assert') {
      visit(node.body, depth, at);
    } else if (node.kind === 'apply' && isProperty(node)) visit(node.args.at(-1)!, depth, at);
    else if (node.kind === 'list' && typeof key === 'number') inElement(node.items[key], depth, at);
    else if (node.kind === 'list') for (const item of node.items) visit(item, depth, at);
    else if (node.kind === 'set') for (const item of node.items) if (item.kind === 'binding') inBinding(item, depth);
  }

  function inElement(node: Expr | undefined, depth: number, at: number): void {
    if (!node) return;
    found.push({ depth: depth + 1, at: node.pos?.start ?? at });
    visit(node, depth + 1, at);
  }

  function inBinding(item: Extract<Item, { kind: 'binding' }>, depth: number): void {
    const names = attributeNames(item.path);
    const own = depth === 0 && names[0] === 'config' ? names.slice(1) : names;
    let same = 0;
    while (same < own.length && own[same] === option[depth + same]) same++;
    if (same < own.length && depth + same < option.length) return;
    const at = item.path[names.length - own.length + Math.max(same - 1, 0)]?.pos?.start ?? item.pos?.start ?? 0;
    if (same > 0) found.push({ depth: depth + same, at });
    visit(item.value, depth + same, at);
  }
}

/** Where a module first refers to the value of an option. */
export function useOf(tree: Expr, option: OptionPlace): number | undefined {
  const stack = [tree];
  const found: number[] = [];
  for (let node = stack.pop(); node; node = stack.pop()) {
    const names = node.kind === 'select' ? attributeNames(node.path) : [];
    if (names.length && option.every((name, i) => names[i] === name) && node.pos) found.push(node.pos.start);
    pushChildren(node, stack);
  }
  return found.length ? Math.min(...found) : undefined;
}

/** The expression that is meant at a spot: the selection or variable of that name; else what begins there. */
export function nodeMeant({ steps, offset }: Spot, names: readonly string[]): Expr | undefined {
  const nodes = steps.map((step) => step.node);
  const named = nodes.findLast((node) => (node.kind === 'select' || node.kind === 'ident') && hasName(node, names));
  return named ?? nodes.find((node) => node.pos?.start === offset) ?? nodes.at(-1);
}

/** What in an expression is meant: the first name in it that is one of those; else all of it. */
export function spanMeant(node: Expr, names: readonly string[]): Span | undefined {
  const stack = names.length ? [node] : [];
  for (let next = stack.pop(); next; next = stack.pop()) {
    const key = keysIn(next).find((one) => one.kind === 'name' && names.includes(one.name));
    if (key) return key.pos;
    if (next.kind === 'ident' && names.includes(next.name)) return next.pos;
    pushChildren(next, stack);
  }
  return node.pos;
}

function hasName(node: Expr, names: readonly string[]): boolean {
  if (node.kind === 'ident') return names.includes(node.name);
  return keysIn(node).some((key) => key.kind === 'name' && names.includes(key.name));
}

function keysIn(node: Expr): readonly Key[] {
  if (node.kind === 'select' || node.kind === 'hasAttr') return node.path;
  if (node.kind !== 'set' && node.kind !== 'let') return [];
  return node.items.flatMap((item) => (item.kind === 'binding' ? item.path : item.names));
}
