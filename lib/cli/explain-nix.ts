import { encodeString } from '../nix/encode';
import { notJson } from '../options/resolve-value-compare';
import type { Configuration } from '../synth/questions-configurations';

/** An option's value as Nix computes it. */
export interface NixValue {
  /** JSON; what that has not is a set with the one name `notJson`. Absent if there is no such option, or it is not defined. */
  readonly value?: unknown;
  /** The files of modules whose definitions count; absent where this Nix library does not tell. */
  readonly files?: readonly string[];
  /** Whether the option makes something else of the merged definitions; `value` is what they are before. */
  readonly isChanged: boolean;
}

/** How deep values are looked into. */
const deepest = 12;

/**
 * Nix code of a function from an output of a flake to the JSON of values of options: a list of `NixValue`.
 *
 * @param options by their names; inside of values as well
 */
export function valuesCode({ name, user, output }: Configuration, options: readonly (readonly string[])[]): string {
  const isInHost = user !== undefined && output !== 'homeConfigurations';
  const tree = isInHost
    ? `configuration.options.home-manager.users.valueMeta.attrs.\${user}.configuration.options or null`
    : 'configuration.options';
  const config = isInHost ? 'configuration.config.home-manager.users.${user}' : 'configuration.config';
  const lists = options.map((names) => `[ ${names.map(encodeString).join(' ')} ]`);
  return `outputs:
let
  configuration = outputs.\${${encodeString(name)}};
  user = ${encodeString(user ?? '')};
  inherit ((configuration.lib or configuration.pkgs.lib).modules) mergeDefinitions;
  isOption = tree: (tree._type or null) == "option";
  find = tree: names:
    if isOption tree then { option = tree; rest = names; }
    else if names == [ ] || !(tree ? \${builtins.head names}) then null
    else find tree.\${builtins.head names} (builtins.tail names);
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
    else if (value.type or null) == "derivation" then other "package"
    else if value ? _type then other "value"
    else builtins.mapAttrs (_: seen (depth + 1)) value;
  answer = names:
    let
      found = let tree = ${tree}; in if tree == null then null else find tree names;
      merged = (mergeDefinitions found.option.loc found.option.type found.option.definitionsWithLocations).mergedValue;
      isChanged = found != null && found.option ? apply && found.option ? definitionsWithLocations;
      inner = if found == null then at ${config} names else at (if isChanged then merged else found.option.value) found.rest;
    in
    builtins.mapAttrs (_: seen 0) inner
    // { inherit isChanged; }
    // (if found != null && found.option ? files then { files = map toString found.option.files; } else { });
in
builtins.toJSON (map answer [ ${lists.join(' ')} ])`;
}
