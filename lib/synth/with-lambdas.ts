import { Arrow, lambdaOf, toNode } from '../module';
import { mapTree, type Expr as Node } from '../nix';

/** A tree in which functions are those of Nix; one that cannot be written stays as it is, for whoever writes it to say so. */
export function withLambdas(tree: Node): Node {
  return mapTree(tree, (node) => {
    if (node.kind !== 'hole' || !(node.value instanceof Arrow)) return node;
    const arrow = node.value;
    try {
      return withLambdas(lambdaOf(arrow, (result) => toNode(result, arrow.position, { path: arrow.path })));
    } catch {
      return node;
    }
  });
}
