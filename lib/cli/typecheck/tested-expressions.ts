import { sep } from 'node:path';
import type * as ts from 'typescript';
import type { Diagnostic } from '../../diagnostics';
import { type Compiler, compilerFor } from '../../diagnostics/compiler';
import { nodesOf } from '../../diagnostics/source';
import { withinSyntax } from '../../diagnostics/syntax-path';
import { instead } from '../../module/instead';
import { type Certainty, certaintyOf, certaintyOfElements, type Types } from './expression-types';
import { type App, isTypeScriptApp, programOf } from './program';

export type { App } from './program';

/** What JavaScript decides by. */
type Test = 'if' | 'not' | 'and' | 'or' | 'cond' | 'nullish' | 'eq';

/** An expression of the source that is tested. */
interface Tested {
  readonly node: ts.Expression;
  readonly test: Test;
  /** Whether it stands for the elements of this list. */
  readonly isList?: boolean;
}

/**
 * Expressions of Nix that the code of an app takes for true or false, or compares: at run time nobody sees it, as every object
 * is true. Nothing where the app is no TypeScript, or where there is no TypeScript that has an API.
 */
export function testedExpressions(app: App): Diagnostic[] {
  if (!isTypeScriptApp(app)) return [];
  const compiler = compilerFor(`${app.project}${sep}x.ts`);
  const program = compiler && programOf(compiler, app);
  if (!program) return [];
  const types = { compiler, checker: program.getTypeChecker() };
  // The compiler writes paths with slashes everywhere.
  const root = `${app.project.split(sep).join('/')}/`;
  return program.getSourceFiles().flatMap((file) => {
    const isOwn = file.fileName.startsWith(root) && !file.fileName.includes('/node_modules/');
    if (!isOwn || file.isDeclarationFile) return [];
    const tested = testsIn(types, file).filter((one) => isInVain(types, one));
    // One side of a comparison is enough.
    return tested
      .filter(({ node, test }, i) => test !== 'eq' || tested[i - 1]?.node.parent !== node.parent)
      .map((one) => diagnosticOf(file, one));
  });
}

/** Whether a test has one outcome for all that Nix may know. Only who asks for true and false misjudges what may be a boolean. */
function isInVain(types: Types, { node, test, isList }: Tested): boolean {
  const certainty: Certainty = isList ? certaintyOfElements(types, node) : certaintyOf(types, node);
  return certainty === 'always' || (certainty === 'orBoolean' && test !== 'eq' && test !== 'nullish');
}

/** Longer than a person reads in one message. */
const longest = 60;

function diagnosticOf(file: ts.SourceFile, { node, test, isList }: Tested): Diagnostic {
  const start = node.getStart(file);
  const { line, character } = file.getLineAndCharacterOfPosition(start);
  const text = node.getText(file).replace(/\s+/g, ' ');
  const shown = text.length > longest ? `${text.slice(0, longest)}…` : text;
  return {
    code: 'expression-tested',
    severity: 'warning',
    message: isList
      ? `the elements of ${shown} are known to Nix only, and JavaScript takes each of them for true`
      : `${shown} is known to Nix only, and JavaScript ${test === 'eq' ? 'compares the expression, not its value' : 'takes it for true'}`,
    position: {
      file: file.fileName,
      line: line + 1,
      column: character + 1,
      length: node.getText(file).split('\n')[0]!.length,
      isSource: true,
    },
    help: instead[test],
  };
}

/** Whatever a file tests, be it of Nix or not. */
function testsIn(types: Types, file: ts.SourceFile): Tested[] {
  const { compiler } = types;
  const tests: Tested[] = [];
  for (const node of nodesOf(compiler, file)) {
    for (const [operand, test] of operandsOf(compiler, node)) addTested(compiler, operand, test, tests);
    if (compiler.isCallExpression(node)) tests.push(...testsOfCall(types, node));
  }
  return tests;
}

/** An operand as it decides: the value of `a && b` is that of `b`, whatever `a` is. */
function addTested(compiler: Compiler, operand: ts.Expression, test: Test, tests: Tested[]): void {
  const inner = withinSyntax(compiler, operand);
  if (inner) addTested(compiler, inner, test, tests);
  else if (compiler.isConditionalExpression(operand)) {
    addTested(compiler, operand.whenTrue, test, tests);
    addTested(compiler, operand.whenFalse, test, tests);
  } else if (compiler.isBinaryExpression(operand) && logical(compiler, operand.operatorToken.kind)) {
    addTested(compiler, operand.right, test, tests);
  } else tests.push({ node: operand, test });
}

function logical(compiler: Compiler, kind: ts.SyntaxKind): 'and' | 'or' | 'nullish' | undefined {
  const { SyntaxKind } = compiler;
  switch (kind) {
    case SyntaxKind.AmpersandAmpersandToken:
    case SyntaxKind.AmpersandAmpersandEqualsToken:
      return 'and';
    case SyntaxKind.BarBarToken:
    case SyntaxKind.BarBarEqualsToken:
      return 'or';
    case SyntaxKind.QuestionQuestionToken:
    case SyntaxKind.QuestionQuestionEqualsToken:
      return 'nullish';
    default:
      return undefined;
  }
}

/** What a node decides by. */
function operandsOf(compiler: Compiler, node: ts.Node): (readonly [ts.Expression, Test])[] {
  if (compiler.isIfStatement(node) || compiler.isWhileStatement(node) || compiler.isDoStatement(node)) {
    return [[node.expression, 'if']];
  }
  if (compiler.isForStatement(node)) return node.condition ? [[node.condition, 'if']] : [];
  if (compiler.isConditionalExpression(node)) return [[node.condition, 'cond']];
  if (compiler.isSwitchStatement(node)) return [[node.expression, 'eq']];
  if (compiler.isPrefixUnaryExpression(node)) {
    return node.operator === compiler.SyntaxKind.ExclamationToken ? [[node.operand, 'not']] : [];
  }
  if (!compiler.isBinaryExpression(node)) return [];
  const { left, right, operatorToken } = node;
  const test = logical(compiler, operatorToken.kind);
  if (test) return [[left, test]];
  if (!isEquality(compiler, operatorToken.kind) || [left, right].some((one) => isNothing(compiler, one))) return [];
  return [
    [left, 'eq'],
    [right, 'eq'],
  ];
}

function isEquality({ SyntaxKind }: Compiler, kind: ts.SyntaxKind): boolean {
  return (
    kind === SyntaxKind.EqualsEqualsToken ||
    kind === SyntaxKind.EqualsEqualsEqualsToken ||
    kind === SyntaxKind.ExclamationEqualsToken ||
    kind === SyntaxKind.ExclamationEqualsEqualsToken
  );
}

/** Whether a value is asked for by comparing it with `null` or `undefined`. */
function isNothing(compiler: Compiler, node: ts.Expression): boolean {
  return node.kind === compiler.SyntaxKind.NullKeyword || (compiler.isIdentifier(node) && node.text === 'undefined');
}

/** Methods of arrays that take what a function says of an element for true or false (ECMA-262, "Array.prototype"). */
const predicates = new Set(['every', 'filter', 'find', 'findIndex', 'findLast', 'findLastIndex', 'some']);

/** `Boolean(x)`, `list.filter(Boolean)`, `list.filter((x) => …)`. */
function testsOfCall(types: Types, { expression, arguments: args }: ts.CallExpression): Tested[] {
  const { compiler } = types;
  const [first] = args;
  if (!first || compiler.isSpreadElement(first)) return [];
  const isBoolean = (node: ts.Node) => compiler.isIdentifier(node) && node.text === 'Boolean';
  if (isBoolean(expression)) return [{ node: first, test: 'if' }];
  if (!compiler.isPropertyAccessExpression(expression) || !predicates.has(expression.name.text)) return [];
  // What `lib.filter` is given becomes a function of Nix.
  if (certaintyOf(types, expression.expression) === 'always') return [];
  if (isBoolean(first)) return [{ node: expression.expression, test: 'if', isList: true }];
  const tests: Tested[] = [];
  for (const result of resultsOf(compiler, first)) addTested(compiler, result, 'if', tests);
  return tests;
}

/** What a function that is written here returns. */
function resultsOf(compiler: Compiler, node: ts.Expression): ts.Expression[] {
  if (!compiler.isArrowFunction(node) && !compiler.isFunctionExpression(node)) return [];
  if (!compiler.isBlock(node.body)) return [node.body];
  const within = (inner: ts.Node) => !compiler.isFunctionLike(inner);
  return [...nodesOf(compiler, node.body, within)].flatMap((one) =>
    compiler.isReturnStatement(one) && one.expression ? [one.expression] : [],
  );
}
