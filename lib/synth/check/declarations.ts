import { type Diagnostic, leafOf, type Position } from '../../diagnostics';
import { type Contribution, isExpr } from '../../module';
import { type AttrSet, EXPR, type Expr, expr, isIdentifier } from '../../nix';
import { attributeNames } from '../../nix/attribute-names';
import { pushChildren, withoutParens } from '../../nix/walk';
import { checkDefinitions } from '../../options/check/check';
import { type Fill, formOf, shapeOf } from '../../options/shape';
import { showPath, showValue } from '../../options/show-value';
import type { OptionTree } from '../../options/type';
import type { Fleet } from '../fleet';
import { withLambdas } from '../with-lambdas';
import { applyCycles, type OptionCode } from './apply-cycles';
import { declarationParts, type UnknownMember, unknownIn, unknownMembersOf } from './call-members';
import { declaredOption } from './declared-type';

/** What is said of an option, and what is wrong with it. */
type Words = Pick<Diagnostic, 'code' | 'message' | 'help'> & {
  readonly severity?: 'warning';
  /** The member of the declaration, or the names of the option alone. */
  readonly at?: string;
};

/** What is wrong in the options that calls of `declare` declare, each call once. */
export function checkDeclarations(fleet: Fleet, fill: Fill): Diagnostic[] {
  return fleet.sources.flatMap(({ path, modules }) =>
    modules.flatMap((module) => ofModule(module, fill).map((one) => ({ ...one, path }))),
  );
}

function ofModule({ declarations, moduleClass }: Contribution, fill: Fill): Diagnostic[] {
  return declarations.flatMap(({ options, position }) => {
    const problems: Diagnostic[] = [];
    const found: OptionCode[] = [];
    walk(options, []);
    const cycles = applyCycles(found, moduleClass);
    return [...problems, ...cycles.map(({ names, at, ...words }) => diagnostic(words, position, [...names, at]))];

    function walk(value: unknown, names: readonly string[]): void {
      const add = (words: Words) => problems.push(diagnostic(words, position, words.at ? [...names, words.at] : names));
      if (names.length && !isIdentifier(names.at(-1)!)) add(notPlain(names));
      if (isGroup(value)) {
        for (const [name, inner] of Object.entries(value)) if (inner !== undefined) walk(inner, [...names, name]);
        return;
      }
      if (!isExpr(value)) return void add(noDeclaration(names, value, fill));
      const code = withLambdas(value[EXPR]);
      found.push({ names, code });
      for (const words of ofOption(names, code, fill)) add(words);
    }
  });
}

function diagnostic(words: Words, position: Position | undefined, place: readonly string[]): Diagnostic {
  const { at: _, severity = 'error', ...text } = words;
  return { ...text, severity, position: leafOf(position, place) };
}

function isGroup(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null || isExpr(value)) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function notPlain(names: readonly string[]): Words {
  const name = names.at(-1)!;
  const parts = name.split('.');
  const isPath = parts.length > 1 && parts.every(isIdentifier);
  return {
    code: 'option-name',
    severity: 'warning',
    message: isPath
      ? `${JSON.stringify(name)} is one name in Nix, not a path`
      : `${JSON.stringify(name)} has to be quoted in Nix by whoever sets ${showPath(names)}`,
    help: isPath
      ? `nest the names: { ${parts.join(': { ')}: …${' }'.repeat(parts.length)}`
      : 'use letters, digits, "_" and "-", starting with a letter',
  };
}

function noDeclaration(names: readonly string[], value: unknown, fill: Fill): Words {
  const what = typeof value === 'function' ? 'a function' : showValue(shapeOf(value, fill), names);
  return {
    code: 'option-declaration',
    message: `${showPath(names)} is ${what}, which declares no option`,
    help: 'declare it with mkOption({ … }), mkEnableOption(…) or mkPackageOption(…)',
  };
}

function ofOption(names: readonly string[], code: Expr, fill: Fill): Words[] {
  const at = withoutParens(code);
  const shape = shapeOf(expr(at), fill);
  if (['null', 'bool', 'int', 'float', 'str', 'list'].includes(formOf(shape)))
    return [noDeclaration(names, shape, fill)];
  return ofCode(names, at, at, fill);
}

/**
 * @param declaration all that is said of the option
 * @param isMore whether it is added to a declaration
 */
function ofCode(names: readonly string[], code: Expr, declaration: Expr, fill: Fill, isMore = false): Words[] {
  const at = withoutParens(code);
  // mkEnableOption "…" // { default = true; }
  if (at.kind === 'binary' && at.op === '//') {
    const left = ofCode(names, at.left, declaration, fill, isMore);
    return [...left, ...ofCode(names, at.right, declaration, fill, true)];
  }
  if (at.kind === 'set' && isMore) return partsOf(names, at, declaration, fill);
  if (at.kind !== 'apply') return [];
  const [props] = at.args.map(withoutParens);
  if (isNamed(at.fn, 'mkOption')) return props?.kind === 'set' ? partsOf(names, props, declaration, fill) : [];
  return unknownMembersOf(at).map((one) => unknownMember(names, one, one.name));
}

function partsOf(names: readonly string[], props: AttrSet, declaration: Expr, fill: Fill): Words[] {
  const unknown = unknownIn('mkOption', props, declarationParts).map((one) => unknownMember(names, one, one.name));
  const wrong = props.items.flatMap((item): Words[] => {
    if (item.kind !== 'binding') return [];
    const [name, ...more] = attributeNames(item.path);
    if (name === 'type' && !more.length)
      return [...wrongType(names, item.value, fill), ...inSubmodules(names, item.value, fill)];
    return name === 'default' && !more.length ? wrongDefault(names, declaration, item.value, fill) : [];
  });
  return [...unknown, ...wrong];
}

function isNamed(fn: Expr, name: string): boolean {
  const at = withoutParens(fn);
  return at.kind === 'select' ? attributeNames(at.path).at(-1) === name : at.kind === 'ident' && at.name === name;
}

function unknownMember(names: readonly string[], { call, name, help }: UnknownMember, at: string): Words {
  const to = call === 'mkOption' ? '' : ` gives ${call}`;
  return {
    code: 'option-declaration',
    message: `the declaration of ${showPath(names)}${to || ' has'} a '${name}', which Nix does not know`,
    help,
    at,
  };
}

function wrongType(names: readonly string[], code: Expr, fill: Fill): Words[] {
  const shape = shapeOf(expr(code), fill);
  const form = formOf(shape);
  if (!['null', 'bool', 'int', 'float', 'str', 'list', 'function'].includes(form)) return [];
  return [
    {
      code: 'option-declaration',
      message: `the type of ${showPath(names)} is ${showValue(shape, names)}, which is no type`,
      help:
        form === 'function'
          ? 'types that hold others are given them: types.listOf(types.str)'
          : 'give it one of types, such as types.str',
      at: 'type',
    },
  ];
}

/** What is wrong for the type, as it would be in a definition; what a submodule lacks may be defined beside. */
function wrongDefault(names: readonly string[], declaration: Expr, code: Expr, fill: Fill): Words[] {
  const { type } = declaredOption(declaration);
  if (type === undefined || type === 'any') return [];
  const within = <T>(inner: T) => names.reduceRight<unknown>((value, name) => ({ [name]: value }), inner);
  const problems = checkDefinitions(within(expr(code)), within([type]) as OptionTree, { fill });
  const isNull = formOf(shapeOf(expr(code), fill)) === 'null';
  return problems
    .filter((one) => one.code !== 'option-required')
    .map(({ message, help }) => ({
      code: 'option-default',
      message: `the default of ${showPath(names)} does not fit its type: ${message}`,
      help: isNull ? 'leave the default out, or make the type types.nullOr(…)' : help,
      at: 'default',
    }));
}

/** What is wrong with the options of submodules in a type; they are shown at the option that has them. */
function inSubmodules(names: readonly string[], type: Expr, fill: Fill): Words[] {
  const found: Words[] = [];
  const stack: Expr[] = [type];
  for (let node = stack.pop(); node; node = stack.pop()) {
    if (node.kind === 'apply') found.push(...unknownMembersOf(node).map((one) => unknownMember(names, one, 'type')));
    if (node.kind !== 'set') {
      pushChildren(node, stack);
      continue;
    }
    for (const item of node.items) {
      if (item.kind !== 'binding') continue;
      const value = withoutParens(item.value);
      const declared = declarationIn(value);
      if (!declared) {
        stack.push(value);
        continue;
      }
      const own = attributeNames(item.path).filter((name) => name !== undefined && name !== 'options') as string[];
      for (const words of ofCode([...names, ...own], declared, declared, fill)) found.push({ ...words, at: 'type' });
    }
  }
  return found;
}

/** Code that declares an option, as it is seen to. */
function declarationIn(code: Expr): Expr | undefined {
  const at = withoutParens(code);
  if (at.kind === 'binary' && at.op === '//') return declarationIn(at.left) && at;
  const declares = ['mkOption', 'mkEnableOption', 'mkPackageOption'];
  return at.kind === 'apply' && declares.some((name) => isNamed(at.fn, name)) ? at : undefined;
}
