import type * as ts from 'typescript';
import type { Compiler } from './compiler';
import type { Place } from './position';

/** One step of a place, as it stands in a source. */
export interface Step {
  /** The member of an object, or the element of an array. */
  readonly node: ts.ObjectLiteralElementLike | ts.Expression;
  /** The literal that it stands in. */
  readonly literal: ts.ObjectLiteralExpression | ts.ArrayLiteralExpression;
  /** The literal that this one is spread into, at any depth; else the same. */
  readonly level: ts.ObjectLiteralExpression | ts.ArrayLiteralExpression;
  /** What stands between the step before and the literal, outermost first. */
  readonly through: readonly PassedNode[];
}

/** What is looked through on the way to a literal. */
export interface PassedNode {
  /**
   * - `syntax`: parentheses, `as`, `satisfies`, `!`
   * - `wrapper`: `mkIf(…)`, `lazy(…)` and their kin
   * - `variable`: the name of a constant
   * - `choice`: an expression that may also have another value
   * - `spread`: `...` into another literal
   * - `name`: a member whose name is computed, and that must be meant since no other can
   */
  readonly kind: 'syntax' | 'wrapper' | 'variable' | 'choice' | 'spread' | 'name';
  readonly node: ts.Node;
}

/** A way through a source, as far as it goes. */
export interface SyntaxPath {
  readonly steps: readonly Step[];
  /** Where it ends: the last step's node, or the template that the rest is in. */
  readonly end: ts.Node | undefined;
}

/** Functions whose last argument is the definition, or declaration, itself. */
const wrappers = new Set([
  'comment',
  'lazy',
  'mkAfter',
  'mkBefore',
  'mkDefault',
  'mkForce',
  'mkIf',
  'mkOption',
  'mkOptionDefault',
  'mkOrder',
  'mkOverride',
  'mkPackageOption',
]);

/**
 * All ways along a place through an expression, as nothing runs: one for each value that it may have. Those that go
 * furthest come first.
 */
export function syntaxPathsOf(ts: Compiler, argument: ts.Expression, place: Place): SyntaxPath[] {
  const open = new Set<ts.Node>();
  const paths = follow(argument, { steps: [], end: undefined }, []);
  return paths.sort((a, b) => b.steps.length - a.steps.length);

  function follow(value: ts.Expression, way: SyntaxPath, through: readonly PassedNode[]): SyntaxPath[] {
    const key = place[way.steps.length];
    if (key === undefined) return [way];
    const on = (kind: PassedNode['kind'], next: ts.Expression, node: ts.Node = value) =>
      follow(next, way, [...through, { kind, node }]);

    const inner = withinSyntax(ts, value);
    if (inner) return on('syntax', inner);
    if (ts.isObjectLiteralExpression(value)) {
      return typeof key === 'string' ? inObject(value, key, value, way, through) : [way];
    }
    if (ts.isArrayLiteralExpression(value)) return typeof key === 'number' ? inArray(value, key, way, through) : [way];
    const choices = choicesOf(ts, value);
    if (choices) return best(choices.flatMap((choice) => on('choice', choice)));
    if (ts.isCallExpression(value)) {
      const content = contentOf(value);
      if (calleeName(value) === 'update') return best(value.arguments.flatMap((one) => on('choice', one)));
      if (!content) return [way];
      if (calleeName(value) !== 'mkMerge') return on('wrapper', content);
      if (typeof key === 'number' || !ts.isArrayLiteralExpression(content)) return on('wrapper', content);
      return best(content.elements.flatMap((element) => on('choice', element)));
    }
    if (ts.isTaggedTemplateExpression(value)) return [{ ...way, end: value }];
    if (ts.isIdentifier(value)) return guarded(value, way, (constant) => on('variable', constant));
    return [way];
  }

  /** Follows a name to its constant, unless that is what is being followed. */
  function guarded(name: ts.Identifier, way: SyntaxPath, go: (constant: ts.Expression) => SyntaxPath[]): SyntaxPath[] {
    const constant = constantOf(ts, name);
    if (!constant || open.has(constant)) return [way];
    open.add(constant);
    try {
      return go(constant);
    } finally {
      open.delete(constant);
    }
  }

  function inObject(
    literal: ts.ObjectLiteralExpression,
    key: string,
    level: ts.ObjectLiteralExpression,
    way: SyntaxPath,
    through: readonly PassedNode[],
  ): SyntaxPath[] {
    const found: SyntaxPath[] = [];
    const unknown: ts.ObjectLiteralElementLike[] = [];
    const enter = (node: ts.ObjectLiteralElementLike, more: readonly PassedNode[] = []) => {
      const next = { steps: [...way.steps, { node, literal, level, through: [...through, ...more] }], end: node };
      const value = initializerOf(node);
      return value ? follow(value, next, []) : [next];
    };
    // What stands later wins.
    for (const member of literal.properties.toReversed()) {
      if (ts.isSpreadAssignment(member)) {
        found.push(...inSpread(member.expression, key, level, way, [...through, { kind: 'spread', node: member }]));
        continue;
      }
      const name = staticName(ts, member.name);
      if (name === undefined) unknown.push(member);
      if (name !== key) continue;
      found.push(...enter(member));
      break;
    }
    const [only] = unknown;
    if (!found.length && unknown.length === 1) return enter(only!, [{ kind: 'name', node: only!.name! }]);
    return found.length ? best(found) : [way];
  }

  /** What a spread adds to the members of a literal; nothing if it has no such member. */
  function inSpread(
    value: ts.Expression,
    key: string,
    level: ts.ObjectLiteralExpression,
    way: SyntaxPath,
    through: readonly PassedNode[],
  ): SyntaxPath[] {
    const on = (kind: PassedNode['kind'], next: ts.Expression) =>
      inSpread(next, key, level, way, [...through, { kind, node: value }]);
    const inner = withinSyntax(ts, value);
    if (inner) return on('syntax', inner);
    if (ts.isObjectLiteralExpression(value)) {
      return inObject(value, key, level, way, through).filter((one) => one.steps.length > way.steps.length);
    }
    const choices = choicesOf(ts, value);
    if (choices) return choices.flatMap((choice) => on('choice', choice));
    if (!ts.isIdentifier(value)) return [];
    const found = guarded(value, way, (constant) => on('variable', constant));
    return found.filter((one) => one.steps.length > way.steps.length);
  }

  function inArray(
    literal: ts.ArrayLiteralExpression,
    index: number,
    way: SyntaxPath,
    through: readonly PassedNode[],
  ): SyntaxPath[] {
    const element = elementAt(literal, index);
    if (!element) return [way];
    const step = { node: element, literal: element.parent as ts.ArrayLiteralExpression, level: literal, through };
    return follow(element, { steps: [...way.steps, step], end: element }, []);
  }

  /** The element at an index, counted through spreads whose length can be seen. */
  function elementAt(literal: ts.ArrayLiteralExpression, index: number): ts.Expression | undefined {
    return flat(literal, index + 1)[index];
  }

  function flat(literal: ts.ArrayLiteralExpression, count: number): (ts.Expression | undefined)[] {
    const elements: (ts.Expression | undefined)[] = [];
    for (const element of literal.elements) {
      if (elements.length >= count) break;
      if (!ts.isSpreadElement(element)) elements.push(element);
      else {
        let value = element.expression;
        for (let inner = withinSyntax(ts, value); inner; inner = withinSyntax(ts, value)) value = inner;
        const spread = ts.isIdentifier(value) ? bare(constantOf(ts, value)) : value;
        if (!spread || !ts.isArrayLiteralExpression(spread) || spread === literal) return elements;
        elements.push(...flat(spread, count - elements.length));
        if (spread.elements.some(ts.isSpreadElement)) return elements;
      }
    }
    return elements;
  }

  function bare(value: ts.Expression | undefined): ts.Expression | undefined {
    const inner = value && withinSyntax(ts, value);
    return inner ? bare(inner) : value;
  }

  /** The definition in a call of one of the functions around definitions. */
  function contentOf(call: ts.CallExpression): ts.Expression | undefined {
    const name = calleeName(call);
    const last = call.arguments.at(-1);
    if (!last || (name !== 'mkMerge' && !wrappers.has(name))) return undefined;
    return name === 'lazy' ? resultOf(last) : last;
  }

  function calleeName({ expression }: ts.CallExpression): string {
    if (ts.isPropertyAccessExpression(expression)) return expression.name.text;
    return ts.isIdentifier(expression) ? expression.text : '';
  }

  /** What a function returns, if it does so at its end. */
  function resultOf(value: ts.Expression): ts.Expression | undefined {
    if (!ts.isArrowFunction(value) && !ts.isFunctionExpression(value)) return undefined;
    if (!ts.isBlock(value.body)) return value.body;
    const last = value.body.statements.at(-1);
    return last && ts.isReturnStatement(last) ? last.expression : undefined;
  }

  function initializerOf(member: ts.ObjectLiteralElementLike): ts.Expression | undefined {
    if (ts.isPropertyAssignment(member)) return member.initializer;
    return ts.isShorthandPropertyAssignment(member) ? member.name : undefined;
  }

  /** Those that go as far as the place does, or else the first of those that go furthest. */
  function best(paths: SyntaxPath[]): SyntaxPath[] {
    const length = Math.max(...paths.map((one) => one.steps.length));
    const furthest = paths.filter((one) => one.steps.length === length);
    return length === place.length ? furthest : furthest.slice(0, 1);
  }
}

/** The expression inside of what changes nothing at run time. */
export function withinSyntax(ts: Compiler, value: ts.Expression): ts.Expression | undefined {
  const isSyntax =
    ts.isParenthesizedExpression(value) ||
    ts.isAsExpression(value) ||
    ts.isSatisfiesExpression(value) ||
    ts.isNonNullExpression(value) ||
    ts.isTypeAssertionExpression(value);
  return isSyntax ? value.expression : undefined;
}

/** The values that an expression may have, where it chooses. */
export function choicesOf(ts: Compiler, value: ts.Expression): ts.Expression[] | undefined {
  if (ts.isConditionalExpression(value)) return [value.whenTrue, value.whenFalse];
  if (!ts.isBinaryExpression(value)) return undefined;
  const { kind } = value.operatorToken;
  if (kind === ts.SyntaxKind.AmpersandAmpersandToken) return [value.right];
  const isEither = kind === ts.SyntaxKind.BarBarToken || kind === ts.SyntaxKind.QuestionQuestionToken;
  return isEither ? [value.left, value.right] : undefined;
}

/** The name of a member, if it can be read. */
export function staticName(ts: Compiler, name: ts.PropertyName): string | undefined {
  if (!ts.isComputedPropertyName(name)) return name.text;
  const value = ts.isIdentifier(name.expression) ? constantOf(ts, name.expression) : name.expression;
  return value && (ts.isStringLiteralLike(value) || ts.isNumericLiteral(value)) ? value.text : undefined;
}

/** What the constant of a name is made with, if it stands in the same file. */
export function constantOf(ts: Compiler, name: ts.Identifier): ts.Expression | undefined {
  for (let scope: ts.Node = name.parent; scope; scope = scope.parent) {
    const declared = declaredIn(ts, scope, name.text);
    if (declared) return declared === 'other' ? undefined : declared;
  }
  return undefined;
}

/** What a scope declares a name as; `other` for what is no constant. */
function declaredIn(ts: Compiler, scope: ts.Node, name: string): ts.Expression | 'other' | undefined {
  if (ts.isFunctionLike(scope)) {
    return scope.parameters.some((one) => binds(ts, one.name, name)) ? 'other' : undefined;
  }
  if (ts.isCatchClause(scope)) {
    return scope.variableDeclaration && binds(ts, scope.variableDeclaration.name, name) ? 'other' : undefined;
  }
  if (ts.isForStatement(scope) || ts.isForOfStatement(scope) || ts.isForInStatement(scope)) {
    const { initializer } = scope;
    const names = initializer && ts.isVariableDeclarationList(initializer) ? initializer.declarations : [];
    return names.some((one) => binds(ts, one.name, name)) ? 'other' : undefined;
  }
  if (!ts.isBlock(scope) && !ts.isSourceFile(scope) && !ts.isModuleBlock(scope) && !ts.isCaseOrDefaultClause(scope)) {
    return undefined;
  }
  for (const statement of scope.statements) {
    if (ts.isVariableStatement(statement)) {
      const { declarations, flags } = statement.declarationList;
      const one = declarations.find((declaration) => binds(ts, declaration.name, name));
      if (!one) continue;
      return flags & ts.NodeFlags.Const && ts.isIdentifier(one.name) && one.initializer ? one.initializer : 'other';
    }
    const isNamed =
      ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement) || ts.isEnumDeclaration(statement);
    if (isNamed && statement.name?.text === name) return 'other';
  }
  return undefined;
}

function binds(ts: Compiler, binding: ts.BindingName, name: string): boolean {
  if (ts.isIdentifier(binding)) return binding.text === name;
  return binding.elements.some((one) => ts.isBindingElement(one) && binds(ts, one.name, name));
}
