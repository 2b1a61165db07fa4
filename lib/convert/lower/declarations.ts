import type { AttrSet, Expr } from '../../nix';
import { attributeNames } from '../../nix/attribute-names';
import { withoutParens } from '../../nix/walk';

/** Whether what `lib.mkOption` is given is what the compiler knows of options. */
export function isOption(given: Expr): boolean {
  const members = literalMembers(given);
  if (!members?.has('type')) return false;
  return [...members].every(([name, value]) => known.has(name) && (!flags.has(name) || isFlag(value)));
}

const known = new Set(
  'type default defaultText example description apply readOnly internal visible relatedPackages'.split(' '),
);
const flags = new Set(['readOnly', 'internal', 'visible']);
const isFlag = (value: Expr | undefined) =>
  value?.kind === 'ident' && (value.name === 'true' || value.name === 'false');

/** Whether the compiler can follow what a type is given, which is written out then. */
export function isType([name, inner]: readonly string[], args: readonly Expr[]): boolean {
  const [first] = args.map(withoutParens);
  switch (name) {
    case 'enum':
    case 'oneOf':
      return first?.kind === 'list';
    case 'strMatching':
    case 'separatedString':
      return first?.kind === 'str' && first.parts.every((part) => part.kind === 'text');
    case 'ints':
    case 'numbers':
      return inner !== 'between' || args.every((arg) => withoutParens(arg).kind === 'num');
    case 'submodule':
      return first !== undefined && isSubmodule(first.kind === 'lambda' ? withoutParens(first.body) : first);
    case 'attrTag':
    case 'attrsWith':
    case 'pathWith':
    case 'submoduleWith':
    case 'deferredModuleWith':
    case 'unique':
      return first?.kind === 'set' && !first.rec;
    default:
      return true;
  }
}

function isSubmodule(given: Expr): boolean {
  const members = literalMembers(given);
  const options = members?.get('options');
  if (!members?.has('options') || (options && (options.kind !== 'set' || options.rec))) return false;
  return [...members.keys()].every((name) => name === 'options' || name === 'freeformType' || name === 'config');
}

/** The members of a set that is written out, with the values of those that are bindings of one name. */
function literalMembers(given: Expr): Map<string, Expr | undefined> | undefined {
  const set = withoutParens(given);
  if (set.kind !== 'set' || set.rec) return undefined;
  return namesIn(set);
}

function namesIn({ items }: AttrSet): Map<string, Expr | undefined> {
  const names = new Map<string, Expr | undefined>();
  for (const item of items) {
    const found = attributeNames(item.kind === 'binding' ? item.path.slice(0, 1) : item.names);
    const value = item.kind === 'binding' && item.path.length === 1 ? withoutParens(item.value) : undefined;
    for (const name of found) names.set(name ?? '', value);
  }
  return names;
}
