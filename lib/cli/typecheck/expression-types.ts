import type * as ts from 'typescript';
import type { Compiler } from '../../diagnostics/compiler';
import { withinSyntax } from '../../diagnostics/syntax-path';

/** How the compiler calls the property of the symbol that marks expressions (`EXPR`). */
const mark = /^__@EXPR@/;

/** What is known of the types of a program. */
export interface Types {
  readonly compiler: Compiler;
  readonly checker: ts.TypeChecker;
}

/**
 * What a value is by its type: `always` an expression of Nix, an expression `orBoolean`, or `never` certain to be one, as what
 * may also be missing.
 */
export type Certainty = 'always' | 'orBoolean' | 'never';

export function certaintyOf(types: Types, node: ts.Expression): Certainty {
  const type = types.checker.getTypeAtLocation(node);
  if (isAny(types, type)) return isSelected(types, node, new Set()) ? 'always' : 'never';
  return certaintyOfType(types, type);
}

/** The same of the elements of a list. */
export function certaintyOfElements(types: Types, list: ts.Expression): Certainty {
  const { checker, compiler } = types;
  const element = checker.getIndexTypeOfType(checker.getTypeAtLocation(list), compiler.IndexKind.Number);
  return element ? certaintyOfType(types, element) : 'never';
}

function certaintyOfType(types: Types, type: ts.Type): Certainty {
  const parts = type.isUnion() ? type.types : [type];
  const others = parts.filter((part) => !isExpression(types, part));
  if (!others.length) return 'always';
  const { BooleanLike } = types.compiler.TypeFlags;
  return others.length < parts.length && others.some(({ flags }) => flags & BooleanLike) ? 'orBoolean' : 'never';
}

const isAny = ({ compiler }: Types, type: ts.Type) => (type.flags & compiler.TypeFlags.Any) !== 0;

/** Whether values of a type are expressions: sets of options may be data as well. */
function isExpression({ compiler, checker }: Types, type: ts.Type): boolean {
  return checker.getPropertiesOfType(checker.getApparentType(type)).some((property) => {
    return mark.test(property.escapedName as string) && !(property.flags & compiler.SymbolFlags.Optional);
  });
}

/** Whether what has no type of its own is selected from an expression, or what one gives when it is called. */
function isSelected(types: Types, node: ts.Expression, seen: Set<ts.Node>): boolean {
  const { compiler, checker } = types;
  if (seen.has(node)) return false;
  seen.add(node);
  const inner = withinSyntax(compiler, node);
  if (inner) return isSource(inner);
  if (
    compiler.isPropertyAccessExpression(node) ||
    compiler.isElementAccessExpression(node) ||
    compiler.isCallExpression(node)
  ) {
    return isSource(node.expression);
  }
  if (!compiler.isIdentifier(node)) return false;
  const origin = originOf(compiler, checker.getSymbolAtLocation(node)?.valueDeclaration);
  return origin !== undefined && isSource(origin);

  function isSource(from: ts.Expression): boolean {
    const type = checker.getTypeAtLocation(from);
    return isExpression(types, type) || (isAny(types, type) && isSelected(types, from, seen));
  }
}

/** What a constant is made of, or what it is taken out of. */
function originOf(compiler: Compiler, declaration: ts.Node | undefined): ts.Expression | undefined {
  let at = declaration;
  while (at && compiler.isBindingElement(at)) at = at.parent.parent;
  const isConstant = at && compiler.isVariableDeclaration(at) && at.parent.flags & compiler.NodeFlags.Const;
  return isConstant ? (at as ts.VariableDeclaration).initializer : undefined;
}
