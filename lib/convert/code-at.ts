import type * as ts from 'typescript';
import type { Compiler } from '../diagnostics/compiler';
import type { Fault } from './draft';
import type { FeatureCode } from './feature';
import type { Code } from './typescript/code';

/** What a place in the TypeScript of a feature is made of; nothing where it is of no code of the module. */
export function faultAt(compiler: Compiler, file: ts.SourceFile, code: FeatureCode, at: number): Fault | undefined {
  const holds = (node: ts.Node) => node.getStart(file) <= at && at < node.end;
  for (const [node, root] of rootsOf(compiler, file, code)) {
    if (holds(node)) return within(node, root);
  }
  return undefined;

  function within(start: ts.Node, root: Code): Fault {
    let from = root.from;
    const option: string[] = [];
    let isDefinition = isSet(root);
    let place: readonly [ts.Node, Code, name?: string] | undefined = [start, root];
    while (place) {
      const [node, inner, name]: readonly [ts.Node, Code, name?: string] = place;
      from = inner.from ?? from;
      if (isDefinition && name !== undefined) option.push(name);
      place = partsOf(compiler, node, inner).find(([one]) => holds(one));
      // Deeper than in groups is the value of an option.
      isDefinition &&= inner === root || inner.kind === 'object';
    }
    return { from, option };
  }
}

const isSet = (code: Code) => code.kind === 'call' && code.fn.kind === 'member' && code.fn.name === 'set';

/** A node, what it is printed from, and its name in an object. A member of an object is what its value is. */
type Part = readonly [node: ts.Node, code: Code, name?: string];

/** The statements of a feature, with what they are printed from. */
function rootsOf(compiler: Compiler, file: ts.SourceFile, { constants, options, statements }: FeatureCode): Part[] {
  const outside: ts.Node[] = [];
  const inside: ts.Node[] = [];
  let declared: ts.Node | undefined;
  for (const statement of file.statements) {
    if (compiler.isVariableStatement(statement)) outside.push(statement);
    if (compiler.isFunctionDeclaration(statement)) inside.push(...(statement.body?.statements ?? []));
    if (!compiler.isClassDeclaration(statement)) continue;
    for (const member of statement.members) {
      if (compiler.isPropertyDeclaration(member)) declared = (member.initializer as ts.CallExpression).arguments[0];
      // The first statement calls the base class.
      if (compiler.isConstructorDeclaration(member)) inside.push(...(member.body?.statements.slice(1) ?? []));
    }
  }
  return [
    ...outside.map((node, i): Part => [node, constants[i]!.code]),
    ...(declared && options ? [[declared, options] as const] : []),
    ...inside.map((node, i): Part => [node, statements[i]!.code]),
  ];
}

/** The parts of what a node is printed from. */
function partsOf(compiler: Compiler, node: ts.Node, code: Code): Part[] {
  if (compiler.isVariableStatement(node)) return [[node.declarationList.declarations[0]!.initializer!, code]];
  if (
    compiler.isExpressionStatement(node) ||
    compiler.isParenthesizedExpression(node) ||
    compiler.isComputedPropertyName(node)
  ) {
    return [[node.expression, code]];
  }
  if (compiler.isPropertyAssignment(node)) return [[node.initializer, code]];
  switch (code.kind) {
    case 'template':
      if (!compiler.isTemplateLiteral(node)) {
        return compiler.isTaggedTemplateExpression(node) ? [[node.template, code]] : [];
      }
      if (compiler.isNoSubstitutionTemplateLiteral(node)) return [];
      return node.templateSpans.map((span, i) => [span.expression, code.values[i]!]);
    case 'member':
      return compiler.isPropertyAccessExpression(node) || compiler.isElementAccessExpression(node)
        ? [[node.expression, code.of]]
        : [];
    case 'call':
      if (!compiler.isCallExpression(node)) return [];
      return [[node.expression, code.fn], ...node.arguments.map((arg, i): Part => [arg, code.args[i]!])];
    case 'array':
      return compiler.isArrayLiteralExpression(node)
        ? node.elements.map((element, i) => [element, code.items[i]!.value])
        : [];
    case 'object':
      return compiler.isObjectLiteralExpression(node)
        ? node.properties.map((property, i) => [property, code.members[i]!.value, code.members[i]!.name])
        : [];
    case 'arrow':
      return compiler.isArrowFunction(node) ? [[node.body, code.body]] : [];
    default:
      return [];
  }
}
