import { encodeString } from '../nix/encode';
import { notJson } from '../options/resolve-value-compare';
import type { Configuration } from '../synth/questions-configurations';

/** An option's value as Nix computes it. */
export interface NixValue {
  /** JSON; what that has not is a set with the one name `notJson`. Absent if there is no such option, or it is not defined. */
  readonly value?: unknown;
  /** The files of modules whose definitions count; absent for what is inside of an option. */
  readonly files?: readonly string[];
  /** What the option itself makes of `value`, if it does. */
  readonly made?: unknown;
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
      inherit (found) option;
      isMade = found != null && option ? apply && option ? definitionsWithLocations;
      merged = (mergeDefinitions option.loc option.type option.definitionsWithLocations).mergedValue;
      files = map toString option.files;
      # The default is the first of all definitions.
      isDefault = option ? default && (option.highestPrio or 100) >= 1500;
    in
    builtins.mapAttrs (_: seen 0) (
      if found == null then at ${config} names
      else if isMade then at merged found.rest
      else at option.value found.rest
    )
    // (if isMade then { made = seen 0 (at option.value found.rest).value or null; } else { })
    // (if found != null && found.rest == [ ] && option ? files
      then { files = if isDefault && files != [ ] then builtins.tail files else files; } else { });
in
builtins.toJSON (map answer [ ${lists.join(' ')} ])`;
}
