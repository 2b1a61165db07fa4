import { encodeString } from '../../nix/encode';
import { notJson } from '../../options/resolve/compare';
import type { Outcome } from '../../options/resolve/outcome';
import type { Configuration } from '../../synth/questions/configurations';

/** An option whose value Nix is asked for. */
export interface Asked {
  /** By its names; inside of values as well. */
  readonly option: readonly string[];
  /** What there is in its value, as far as that is known: names below the option. */
  readonly inner?: readonly (readonly string[])[];
}

/** An option's value as Nix computes it. */
export interface NixValue {
  /** JSON; what that has not is a set with the one name `notJson`. Absent if there is no such option, or it is not defined. */
  readonly value?: unknown;
  /** The files of modules whose definitions count; absent for what is no option of its own. */
  readonly files?: readonly string[];
  /** Options with a function of their own that makes their value (`apply`), each before those in it. */
  readonly applied: readonly Applied[];
}

/** What definitions come to, before the option's own function makes something of it. */
export interface Applied {
  /** Names below the option that was asked for. */
  readonly at: readonly string[];
  /** Absent where there is nothing by that name. */
  readonly defined?: unknown;
}

/** A value as its definitions have it: without what options themselves make of it. */
export function asDefined({ value, applied }: NixValue): unknown {
  return applied.reduce((whole, { at, defined }) => withValue(whole, at, defined), value);
}

function withValue(whole: unknown, [name, ...rest]: readonly string[], value: unknown): unknown {
  if (name === undefined) return value;
  if (typeof whole !== 'object' || whole === null || !Object.hasOwn(whole, name)) return whole;
  const inner = withValue((whole as Record<string, unknown>)[name], rest, value);
  // `Object.fromEntries` defines members, so that `__proto__` is one.
  return Object.fromEntries(Object.entries(whole).map(([key, one]) => [key, key === name ? inner : one]));
}

/** The names of all that is in an outcome. */
export function namesInside(outcome: Outcome<unknown>): string[][] {
  if (outcome.is !== 'set') return [];
  return outcome.members.flatMap(([name, one]) => [[name], ...namesInside(one).map((inner) => [name, ...inner])]);
}

/** How deep values are looked into. */
const deepest = 12;

const listOf = (names: readonly string[]) => `[ ${names.map(encodeString).join(' ')} ]`;

/** Nix code of a function from an output of a flake to the JSON of values of options: a list of `NixValue`. */
export function valuesCode({ name, user, output }: Configuration, asked: readonly Asked[]): string {
  const isInHost = user !== undefined && output !== 'homeConfigurations';
  const outer = isInHost ? ['home-manager', 'users', user] : [];
  const questions = asked.map(({ option, inner = [] }) => {
    return `{ names = ${listOf([...outer, ...option])}; inner = [ ${inner.map(listOf).join(' ')} ]; }`;
  });
  return `outputs:
let
  configuration = outputs.\${${encodeString(name)}};
  inherit ((configuration.lib or configuration.pkgs.lib).modules) mergeDefinitions;
  isOption = tree: (tree._type or null) == "option";
  # The innermost option on a way, and the names that are left.
  find = tree: names:
    if isOption tree then
      let inner = builtins.tryEval (if names == [ ] then null else inside (tree.valueMeta or { }) names);
      in if inner.success && inner.value != null then inner.value else { option = tree; rest = names; }
    else if names == [ ] || !(tree ? \${builtins.head names}) then null
    else find tree.\${builtins.head names} (builtins.tail names);
  inside = meta: names:
    if meta ? configuration then find meta.configuration.options names
    else if names != [ ] && meta ? attrs.\${builtins.head names} then inside meta.attrs.\${builtins.head names} (builtins.tail names)
    else null;
  at = value: names:
    if names == [ ] then { inherit value; }
    else if builtins.isAttrs value && value ? \${builtins.head names} then at value.\${builtins.head names} (builtins.tail names)
    else { };
  seen = depth: value: let tried = builtins.tryEval value; in if tried.success then show depth tried.value else other "error";
  other = what: { "${notJson}" = what; };
  show = depth: value:
    if builtins.isString value then builtins.unsafeDiscardStringContext value
    else if builtins.isPath value then other "path"
    else if builtins.isFunction value then other "function"
    else if depth > ${deepest} then other "more"
    else if builtins.isList value then map (seen (depth + 1)) value
    else if !(builtins.isAttrs value) then value
    else if value ? __functor then other "function"
    else if (value.type or null) == "derivation" then
      (let name = builtins.tryEval (value.name or ""); in other (if name.success && name.value != "" then "package \${name.value}" else "package"))
    else if value ? _type then other "value"
    else builtins.mapAttrs (_: seen (depth + 1)) value;
  # A whole configuration, such as a home in a host, is another question.
  showWith = meta: value:
    if (meta.configuration.class or null) != null then other "configuration"
    else if meta ? attrs && builtins.isAttrs value then builtins.mapAttrs (name: showWith (meta.attrs.\${name} or { })) value
    else seen 0 value;
  part = meta: value: names:
    let
      tried = builtins.tryEval (at value names);
      shown = builtins.tryEval (showWith meta tried.value.value);
    in
    if !tried.success then { value = other "error"; }
    else if !(tried.value ? value) then { }
    else { value = if shown.success then shown.value else other "error"; };
  applied = names: below:
    let found = find configuration.options (names ++ below);
    in
    if found == null || !(found.option ? apply && found.option ? definitionsWithLocations) then [ ]
    else if below != [ ] && found.rest != [ ] then [ ]
    else
      let merged = (mergeDefinitions found.option.loc found.option.type found.option.definitionsWithLocations).mergedValue;
          given = part { } merged found.rest;
      in [ ({ at = below; } // (if given ? value then { defined = given.value; } else { })) ];
  answer = { names, inner }:
    let
      found = find configuration.options names;
      inherit (found) option;
      # The default is the first of all definitions.
      isDefault = option ? default && (option.highestPrio or 100) >= 1500;
    in
    (if found == null then part { } configuration.config names
      else part (if found.rest == [ ] then option.valueMeta or { } else { }) option.value found.rest)
    // { applied = builtins.concatMap (applied names) ([ [ ] ] ++ inner); }
    // (if found != null && found.rest == [ ] && option ? files
      then { files = if isDefault && option.files != [ ] then map toString (builtins.tail option.files) else map toString option.files; } else { });
in
builtins.toJSON (map answer [ ${questions.join(' ')} ])`;
}
