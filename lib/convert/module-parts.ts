import { type AttrSet, apply, type Expr, type Item, ident, list, type Span, select } from '../nix';

/** The parts of a module, as a canonical tree: what its form says does not matter. */
export type ModuleParts = Expr & { readonly kind: 'set' };

const parts: readonly string[] = ['config', 'disabledModules', 'imports', 'options'];

/**
 * The parts of a module in either form: with `config` and `options`, or with definitions at the top (NixOS manual,
 * "Writing NixOS Modules").
 *
 * @param set canonical
 */
export function moduleParts(set: Expr): ModuleParts {
  const items = set.kind === 'set' ? set.items : [];
  const own = items.filter((item) => parts.includes(nameOf(item) ?? ''));
  const rest = items.filter((item) => !own.includes(item));
  const all = rest.length ? withConfig(own, { kind: 'set', items: rest, ...(set.pos && { pos: set.pos }) }) : own;
  const full = all.filter((item) => item.kind !== 'binding' || !isEmpty(item.value));
  return {
    kind: 'set',
    items: sorted(full),
    ...(set.pos && { pos: set.pos }),
  };
}

/** The parts with definitions that stand beside `config`, as `meta` may. */
function withConfig(own: readonly Item[], more: AttrSet): Item[] {
  const config = own.find((item) => nameOf(item) === 'config');
  const value = config?.kind === 'binding' ? config.value : undefined;
  const all =
    value?.kind === 'set'
      ? { ...value, items: sorted([...value.items, ...more.items]) }
      : value
        ? apply(select(ident('lib'), 'mkMerge'), list([value, more]))
        : more;
  return [...own.filter((item) => item !== config), part('config', all)];
}

const sorted = (items: readonly Item[]) => items.toSorted((a, b) => ((nameOf(a) ?? '') < (nameOf(b) ?? '') ? -1 : 1));

export const part = (name: string, value: Expr, pos?: Span): Item => ({
  kind: 'binding',
  path: [{ kind: 'name', name }],
  value: pos && !value.pos ? { ...value, pos } : value,
});

const isEmpty = (value: Expr) => (value.kind === 'set' || value.kind === 'list') && !value.items.length;

function nameOf(item: Item): string | undefined {
  const [key] = item.kind === 'binding' ? item.path : [];
  return key?.kind === 'name' ? key.name : undefined;
}
