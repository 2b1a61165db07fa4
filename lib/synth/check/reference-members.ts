import type { Diagnostic } from '../../diagnostics';
import { insteadOfMember, isJsMember } from '../../module';
import type { ModuleClass } from '../../options/config';
import { type Kind, type Kinds, showKinds } from '../../options/kinds';
import { kindsAt } from '../../options/option-at';
import { showPath } from '../../options/show-value';
import type { OptionTree } from '../../options/type';
import type { KnownOptions } from './known-options';
import type { Reference } from './references';

type Found = Pick<Diagnostic, 'severity' | 'message' | 'help'>;

/** What has attributes. */
const withMembers: readonly Kind[] = ['set', 'package'];
/** What may be called; a set may have a `__functor`, and a package too. */
const callable: readonly Kind[] = ['function', 'set', 'package'];

const isNone = (known: Kinds, of: readonly Kind[]) => !of.some((kind) => known.has(kind));

/**
 * What is wrong with a reference that goes on behind an option whose values have no members, or that calls what is no
 * function: JavaScript's own methods and indices, for the most part. The table of options tells what values are.
 *
 * @param depth how many of the names lead somewhere
 * @param isHidden whether what they lead to is internal
 */
export function memberProblem(
  { names, isCalled }: Pick<Reference, 'names' | 'isCalled'>,
  { depth, isHidden }: { readonly depth: number; readonly isHidden: boolean },
  own: KnownOptions,
  optionsOf: (of: ModuleClass) => OptionTree,
): Found | undefined {
  const member = names[depth];
  if (member === undefined) return isCalled ? callProblem(names, own, optionsOf) : undefined;
  const option = names.slice(0, depth);
  const known = kindsAt(own.options, option, optionsOf);
  if (!known?.size || !isNone(known, withMembers)) return undefined;
  const is = `${showPath(option)} is ${showKinds(known)}`;
  const of = known.has('list') ? 'list' : known.has('str') ? 'text' : undefined;
  if (!isJsMember(member)) {
    // What is internal may be made into something else where it is read, which tables do not know.
    if (isHidden) return undefined;
    return { severity: 'warning', message: `${is}, which has no '${member}'`, help: 'refer to the option itself' };
  }
  const message = /^\d+$/.test(member)
    ? `${is}, and Nix takes no index`
    : `${is}, and ${member} is JavaScript's: nothing has it in Nix`;
  return { severity: 'error', message, help: insteadOfMember(member, of) };
}

/** A call of what is read from a configuration. */
function callProblem(
  names: readonly string[],
  own: KnownOptions,
  optionsOf: (of: ModuleClass) => OptionTree,
): Found | undefined {
  const known = kindsAt(own.options, names, optionsOf);
  if (!known?.size) return undefined;
  const name = names.at(-1)!;
  const outer = kindsAt(own.options, names.slice(0, -1), optionsOf);
  const isMethod = isJsMember(name) && !!outer && !known.has('function') && !known.has('package');
  if (!isMethod && !isNone(known, callable)) return undefined;
  const message = `${showPath(names)} is ${showKinds(known)}, and is called`;
  return isMethod
    ? { severity: 'error', message, help: insteadOfMember(name, 'set') }
    : { severity: 'error', message, help: 'refer to it without the parentheses' };
}
