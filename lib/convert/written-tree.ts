import { Arrow, Bound, ConfigRoot, type Contribution, File, lambdaOf, toNode } from '../module';
import { apply, distinctNames, EXPR, type Expr, ident, list, resolveHoles, select } from '../nix';
import { layersOf } from '../synth/definitions';
import { part } from './module-parts';

/** The module that a construct's calls make, as synth writes it, but that files and the configuration are named as in the source. */
export function writtenTree({ imports, disabled, declarations, definitions }: Contribution): Expr {
  const options = layersOf(declarations.map(({ options, position }) => ({ config: options, position })));
  const layers = layersOf(definitions).map((layer) => spelled(toNode(layer)));
  const [only] = layers;
  const config = layers.length > 1 ? apply(select(ident('lib'), 'mkMerge'), list(layers)) : only;
  return {
    kind: 'set',
    items: [
      part('imports', list(imports.map(({ module }) => spelled(treeOf(module))))),
      part('disabledModules', list(disabled.map((one) => spelled(treeOf(one))))),
      part('options', options.length ? spelled(toNode(options[0])) : { kind: 'set', items: [] }),
      part('config', config ?? { kind: 'set', items: [] }),
    ],
  };
}

const treeOf = (value: unknown): Expr => (value as { [EXPR]?: Expr })[EXPR] ?? toNode(value);

function spelled(tree: Expr): Expr {
  return distinctNames(
    resolveHoles(tree, ({ value }) => {
      if (value instanceof Arrow) return lambdaOf(value, (result) => toNode(result));
      if (value instanceof File) return { kind: 'path', parts: [{ kind: 'text', value: value.path }] };
      return own(value);
    }),
  );
}

function own(value: unknown): Expr {
  if (value instanceof ConfigRoot) return ident('config');
  return toNode(value instanceof Bound ? value.value : value);
}
