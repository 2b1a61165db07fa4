import { type AttrSet, type Expr, freeVariables, type Let, parse, type Span, type With } from '../nix';
import { attributeNames } from '../nix/attribute-names';
import { pushChildren } from '../nix/walk';
import { commentsInNix, type LineCounts } from './comment-count';
import { commentLines, commentsAt } from './comments';

/** The source of a module that may become TypeScript. */
export interface ModuleSource {
  readonly tree: Expr;
  /** The comments at the top of the file. */
  readonly header: readonly string[];
  /** Other comments around the set of the module. */
  readonly remarks: readonly string[];
  /** The arguments that it names. */
  readonly names: readonly string[];
  /** What stands around its set, from the outside in. */
  readonly frames: readonly (Let | With)[];
  readonly body: AttrSet;
  /** The lines of all its comments. */
  readonly comments: LineCounts;
}

/** Why a file stays Nix as a whole. */
export interface Whole {
  readonly tree: Expr;
  readonly because: string;
}

/** Parts of modules that have no call of their own. */
const structural = ['freeformType', 'key', '_file', '_class'];

/** Code that nests deeper is left: compilers give up at such depths too. */
const deepest = 300;

/**
 * Reads the text of a file as a module.
 *
 * @throws NixSyntaxError
 */
export function readModule(text: string): ModuleSource | Whole {
  const tree = parse(text.replaceAll('\r\n', '\n'), { names: 'check' });
  if (depthOf(tree) > deepest) return { tree, because: 'it nests too deep' };
  const remarks: string[] = [];
  let names: readonly string[] = [];
  let at: Expr = tree;
  let isFunction = false;
  const frames: (Let | With)[] = [];
  for (;;) {
    if (at !== tree) remarks.push(...commentsAt(at.kind === 'set' ? { ...at, last: undefined } : (at as Expr)));
    if (at.kind === 'paren') at = at.expr;
    else if (at.kind === 'lambda') {
      if (isFunction || frames.length) return { tree, because: 'it is a function that gives a module' };
      const { pattern, param } = at;
      if (pattern && !pattern.ellipsis) return { tree, because: 'it is a function, and not one of a module' };
      if (param !== undefined && uses(at.body, param))
        return { tree, because: 'it takes all arguments under one name' };
      if (pattern?.formals.some((one) => one.default)) return { tree, because: 'an argument has a default' };
      isFunction = true;
      names = pattern?.formals.map(({ name }) => name) ?? [];
      if (pattern) remarks.push(...commentsAt(pattern), ...pattern.formals.flatMap(commentsAt));
      at = at.body;
    } else if (at.kind === 'let' || at.kind === 'with') {
      frames.push(at);
      if (at.kind === 'with') remarks.push(...commentsAt(at.env));
      at = at.body;
    } else break;
  }
  if (at.kind !== 'set' || at.rec) return { tree, because: 'it is no set of definitions' };
  const because = notRead(at);
  if (because) return { tree, because };
  return {
    tree,
    header: headerOf(tree),
    remarks: [...remarks, ...footerOf(tree)],
    names,
    frames,
    body: at,
    comments: commentsInNix(tree),
  };
}

function uses(code: Expr, name: string): boolean {
  const { free, maybe } = freeVariables(code);
  return free.has(name) || maybe.has(name);
}

function notRead(body: AttrSet): string | undefined {
  const names = body.items.flatMap((item) =>
    attributeNames(item.kind === 'binding' ? item.path.slice(0, 1) : item.names),
  );
  const structure = names.find((name) => name !== undefined && structural.includes(name));
  if (structure !== undefined) return `it says ${structure}`;
  if (names.includes('outputs') && (names.includes('inputs') || names.includes('description'))) return 'it is a flake';
  const isExplicit = names.includes('config') || names.includes('options');
  const known = ['imports', 'config', 'options', 'disabledModules', 'meta'];
  if (isExplicit && names.some((name) => name === undefined || !known.includes(name))) {
    return 'it has names beside config and options';
  }
  return undefined;
}

const headerOf = ({ before }: Expr) => commentLines(before);
const footerOf = ({ end, after }: Expr) => commentsAt({ ...(end && { end }), ...(after && { after }) });

/** Names the whole of a tree. */
export const spanOf = (tree: Expr): Span => tree.pos ?? { start: 0, end: 0 };

/** How deep a tree nests. */
function depthOf(tree: Expr): number {
  let level: Expr[] = [tree];
  let depth = 0;
  while (level.length && depth <= deepest) {
    const next: Expr[] = [];
    for (const node of level) pushChildren(node, next);
    level = next;
    depth++;
  }
  return depth;
}
