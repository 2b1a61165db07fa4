import type { Diagnostic } from '../../diagnostics';
import { ConfigRoot, type Contribution, Embedded, File, type Import } from '../../module';
import { EXPR, exprOf, type Expr as Node } from '../../nix';
import { withoutParens } from '../../nix/walk';
import type { ModuleClass } from '../../options/config';
import { libraryName, Property, shapeOf } from '../../options/shape';
import { showProperty } from '../../options/show-value';
import { type Fleet, homesOf } from '../fleet';
import { unfilled } from '../imports';

/** The arguments of modules that are worked out from what is imported. */
const afterImports = new Set(['config', 'options', 'pkgs']);

/** Functions whose first argument decides what there is, not what it says. */
const deciding: ReadonlySet<string | undefined> = new Set(['optional', 'optionals', 'optionalAttrs', 'optionalString']);

/**
 * Imports that the module system refuses, or that never end: what is imported must be known before anything is configured
 * (NixOS manual, "Writing NixOS Modules").
 */
export function checkImports(fleet: Fleet): Diagnostic[] {
  const given = givenBefore(fleet);
  const seen = new Set<Contribution>();
  const found: Diagnostic[] = [];
  for (const { module, path, owns } of importersOf(fleet)) {
    if (seen.has(module)) continue;
    seen.add(module);
    for (const one of module.imports) {
      const problem = propertyProblem(one) ?? recursionProblem(one, given(module.moduleClass), owns);
      if (problem) found.push({ ...problem, severity: 'error', path, position: one.position });
    }
  }
  return found;
}

/** A module, and whether a configuration is the one that it is part of. */
interface Importer {
  readonly module: Contribution;
  readonly path: string;
  owns(root: ConfigRoot): boolean;
}

function* importersOf(fleet: Fleet): Iterable<Importer> {
  const { hosts, exports, places } = fleet;
  for (const host of hosts) {
    const { module, path } = host;
    yield { module, path, owns: ({ owner, of }) => of === module.moduleClass && places.get(owner)?.host === host };
  }
  for (const home of homesOf(fleet)) {
    yield { ...home, owns: ({ owner, of }) => of === 'home' && places.get(owner)?.home === home };
  }
  const parts = [...hosts.flatMap((host) => [...host.parts, ...host.sharedParts]), ...homesOf(fleet), ...exports];
  for (const part of parts.flatMap((one) => ('parts' in one ? one.parts : [one]))) {
    const { module, path, feature } = part;
    yield { module, path, owns: ({ owner, of }) => of === module.moduleClass && owner === feature };
  }
}

type Problem = Pick<Diagnostic, 'code' | 'message' | 'help'>;

/** The arguments that modules are given from outside, which no import decides. */
function givenBefore(fleet: Fleet): (of: ModuleClass) => ReadonlySet<string> {
  const { hosts, homes } = fleet;
  const users = [...hosts.flatMap((host) => host.users), ...homes];
  const host = new Set([fleet, ...hosts].flatMap((one) => Object.keys(one.specialArgs)));
  const home = new Set([fleet, ...hosts, ...users].flatMap((one) => Object.keys(one.extraSpecialArgs)));
  return (of) => (of === 'home' ? home : host);
}

function propertyProblem({ module }: Import): Problem | undefined {
  const shape = module instanceof File ? undefined : shapeOf(module, unfilled);
  if (!(shape instanceof Property)) return undefined;
  const name = showProperty(shape);
  if (shape.form === 'merge' || shape.form === 'order') {
    return {
      code: 'import-value',
      message: `import was given ${name}(…), which is no module`,
      help: 'import each module by itself; their order is that of the calls',
    };
  }
  const content = exprOf(shape.content);
  if (!content || !isModuleElsewhere(content)) return undefined;
  return {
    code: 'import-value',
    message: `import was given ${name}(…) of a module: ${name} is for definitions`,
    help: 'import the module always, and let what it says depend on an option: mkIf(…) inside of it',
  };
}

/** A file, a function or what an input has: more than definitions. */
function isModuleElsewhere(content: Node): boolean {
  const node = withoutParens(content);
  if (node.kind === 'hole') return node.value instanceof File;
  return ['path', 'str', 'lambda', 'list'].includes(node.kind) || isOfInput(node);
}

function isOfInput(node: Node): boolean {
  return node.kind === 'select' && node.of.kind === 'ident' && node.of.name === 'inputs';
}

function recursionProblem({ module }: Import, given: ReadonlySet<string>, owns: Importer['owns']): Problem | undefined {
  const name = module instanceof File ? undefined : decidedBy(module[EXPR], given, owns);
  if (name === undefined) return undefined;
  return {
    code: 'import-recursion',
    message: `what is imported here depends on ${name}, which depends on what is imported`,
    help:
      name === 'pkgs'
        ? 'import it always, and let mkIf(…) decide what of it counts; a file of a package can come from an input instead'
        : 'import it always, and let mkIf(…) decide what of it counts',
  };
}

/** The argument that decides which module it is, if it is worked out from what is imported. */
function decidedBy(expr: Node, given: ReadonlySet<string>, owns: Importer['owns']): string | undefined {
  const stack: Node[] = [expr];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (node.kind === 'ident') {
      if (afterImports.has(node.name) && !given.has(node.name)) return node.name;
    } else if (node.kind === 'hole') {
      if (node.value instanceof ConfigRoot && owns(node.value)) return 'config';
      if (node.value instanceof Embedded) stack.push(node.value.node);
    } else stack.push(...decisive(node));
  }
  return undefined;
}

/** The parts that have to be evaluated to know what a module is: not what it says, and no function's body. */
function decisive(node: Node): readonly Node[] {
  switch (node.kind) {
    case 'paren':
      return [node.expr];
    case 'if':
      return [node.condition, node.then, node.else];
    case 'select':
    case 'hasAttr':
      return [node.of];
    case 'unary':
      return [node.operand];
    case 'binary':
      return [node.left, node.right];
    case 'str':
    case 'indented':
    case 'path':
      return node.parts.flatMap((part) => (part.kind === 'interpolation' ? [part.expr] : []));
    case 'apply':
      return deciding.has(libraryName(node.fn)) ? node.args.slice(0, 1) : [];
    default:
      return [];
  }
}
