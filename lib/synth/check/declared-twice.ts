import type { Diagnostic } from '../../diagnostics';
import type { Contribution } from '../../module';
import { showPath } from '../../options/show-value';
import { isCertain, type OptionTable, systems } from '../../options/table';
import { isOption, kindOf, memberOf, type OptionTree, type OptionType } from '../../options/type';
import type { SharedModules } from '../context';
import { type Fleet, homesOf } from '../fleet';
import { getOrInsert } from '../get-or-insert';
import type { DeclaredOption } from './declared-options';
import { partsOfDeclaration } from './declared-type';
import type { OptionScopes } from './option-scopes';
import type { OptionSource } from './option-sources';

/** An option, by whom it is declared in a machine or home. */
interface Declaration extends DeclaredOption {
  readonly source: OptionSource;
  /** What its declaration says of it: `type`, `default`, `description` and so on. */
  readonly parts: ReadonlySet<string>;
}

/**
 * Options that `declare` declares, and that the module system or another construct declares as well: Nix takes two
 * declarations of one option only if what they say can be put together (nixpkgs, lib/modules.nix, mergeOptionDecls).
 */
export function checkDeclaredTwice(fleet: Fleet, scopes: OptionScopes, shared: SharedModules): Diagnostic[] {
  return [...fleet.hosts, ...homesOf(fleet)].flatMap((model) => {
    const sources = scopes.sourcesOf(model);
    if (!sources.some((one) => one.isCall)) return [];
    const declarations = declarationsIn(sources, shared);
    // What is disabled may be declared anew.
    const replaces = [model, ...model.parts].some(({ module }) => module.disabled.length);
    const { table } = scopes.tables(model.module.moduleClass);
    return [...twiceHere(declarations), ...(replaces ? [] : inTable(declarations, table, shared))];
  });
}

/** What is declared, once for each file that declares it. */
function declarationsIn(sources: readonly OptionSource[], shared: SharedModules): Declaration[] {
  const ofFile = new Map<string, Contribution>();
  const seen = new Set<unknown>();
  return sources.flatMap((source) => {
    const { part } = source;
    const file = part && shared.fileOf(part);
    if (file !== undefined && getOrInsert(ofFile, file, () => part!.module) !== part!.module) return [];
    return source.options.flatMap((option) => {
      if (source.root && option.module !== source.root) return [];
      const parts = partsOfDeclaration(option.code);
      // Files may be imported by several; two calls may be given one value.
      if (!parts || (!source.isCall && seen.has(option.code))) return [];
      seen.add(option.code);
      return { ...option, source, parts };
    });
  });
}

/** Options of the user's own modules that are declared twice, and groups that are options as well. */
function twiceHere(declarations: readonly Declaration[]): Diagnostic[] {
  const byName = new Map<string, Declaration[]>();
  for (const one of declarations) getOrInsert(byName, keyOf(one.names), () => []).push(one);
  return declarations.flatMap((one) => {
    const [first, ...others] = byName.get(keyOf(one.names))!;
    const same = others.includes(one) && areApart(first!, one) ? first : undefined;
    const around = one.names.slice(1).flatMap((_, i) => byName.get(keyOf(one.names.slice(0, i + 1))) ?? [])[0];
    const other = same ?? (around && isSubmodule(around.type) ? undefined : around);
    return other && (one.source.isCall || other.source.isCall) ? [twice(one, other)] : [];
  });
}

const keyOf = (names: readonly string[]) => names.join('\0');

const isSubmodule = (type: OptionType | undefined) => type !== undefined && kindOf(type) === 'submodule';

/** Whether Nix cannot make one option of two declarations: both say one thing, or their types are of two kinds. */
function areApart(first: Declaration, second: Declaration): boolean {
  const once = ['default', 'example', 'description', 'apply'];
  if (once.some((name) => first.parts.has(name) && second.parts.has(name))) return true;
  return first.type !== undefined && second.type !== undefined && kindOf(first.type) !== kindOf(second.type);
}

function twice(one: Declaration, other: Declaration): Diagnostic {
  // The line of a call is the one to show.
  const [shown, further] = one.source.isCall ? [one, other] : [other, one];
  const isSame = keyOf(one.names) === keyOf(other.names);
  const position = further.source.positionOf(further);
  return {
    code: 'option-declared',
    severity: 'error',
    message: isSame
      ? `${showPath(one.names)} is declared twice, by ${one.source.path} and by ${other.source.path}`
      : `${showPath(other.names)} is declared as an option, and ${showPath(one.names)} inside of it`,
    path: shown.source.path,
    position: shown.source.positionOf(shown),
    related: [{ message: 'the other one is declared here:', ...(position && { position }) }],
    help: isSame
      ? 'keep one declaration, or give the other one a name of its own'
      : 'rename one of them; an option holds others only if its type is a submodule',
  };
}

/** Declared options that the module system has, or that stand in one of its options. */
function inTable(declarations: readonly Declaration[], table: OptionTable, shared: SharedModules): Diagnostic[] {
  return declarations.flatMap((one) => {
    const what = one.source.isCall ? collisionWith(one, table.options, shared) : undefined;
    if (what === undefined) return [];
    const bundled = isCertain(table) ? '' : ` (${table.release})`;
    return [
      {
        code: 'option-declared',
        severity: isCertain(table) ? 'error' : 'warning',
        message: `${systems[table.class]}${bundled} ${what}`,
        path: one.source.path,
        position: one.source.positionOf(one),
        help: 'set it, or declare an option of a name of your own',
      },
    ];
  });
}

/** What of a table a declaration meets, in words; nothing if there is room for it. */
function collisionWith({ names, parts, type }: Declaration, options: OptionTree, shared: SharedModules) {
  let at = options;
  for (const [i, name] of names.entries()) {
    const member = memberOf(at, name);
    if (member === undefined) return undefined;
    const here = showPath(names.slice(0, i + 1));
    const isLast = i === names.length - 1;
    if (!isOption(member)) {
      if (isLast) return isSubmodule(type) ? undefined : `has a group of options ${here}`;
      at = member;
      continue;
    }
    const [known, facts] = member;
    // A table that was read from the output of an earlier synth has what is declared.
    if (facts?.removed || known === 'any' || (facts?.file !== undefined && shared.files.has(facts.file)))
      return undefined;
    if (!isLast) return isSubmodule(known) ? undefined : `has an option ${here}, which holds none of your own`;
    // Options of a module system are described, and those that are not are none that people know.
    const isApart = parts.has('description') || (parts.has('default') && facts?.default !== undefined);
    return isApart || (type && kindOf(type) !== kindOf(known)) ? `has an option ${here} of its own` : undefined;
  }
  return undefined;
}
