# What the real types of options take.
{ lib, options }:
let
  # The type of an option; each of the further paths is one below the sub-options of the type so far.
  typeAt =
    path: steps:
    builtins.foldl' (type: names: (lib.getAttrFromPath names (type.getSubOptions path)).type)
      (lib.getAttrFromPath path options).type
      steps;

  typeOf = value: if lib.isAttrs value then value._type or null else null;

  # Looks at all of a merged value that the definition speaks of.
  force =
    definition: merged:
    if typeOf definition == "if" then
      !definition.condition || force definition.content merged
    else if typeOf definition == "merge" then
      lib.all (content: force content merged) definition.contents
    else if typeOf definition == "override" then
      if typeOf definition.content == null then
        forcePlain definition.content merged
      else
        # The library knows but an order there. Anything else stays a set, which a submodule takes for a property again.
        forcePlain definition.content merged && force definition.content merged
    else if typeOf definition == "order" then
      forcePlain definition.content merged
    else
      forcePlain definition merged;

  forcePlain =
    definition: merged:
    if isEntry merged && !isEntry definition then
      # A value in an ordered set of Home Manager has become its data.
      force definition merged.data
    else if lib.isAttrs definition && lib.isAttrs merged then
      lib.all (name: !(merged ? ${name}) || force definition.${name} merged.${name}) (lib.attrNames definition)
    else if lib.isList merged then
      let
        elements = lib.filter (element: typeOf element != "if" || element.condition) definition;
      in
      if lib.isList definition && lib.length elements == lib.length merged then
        lib.all (pair: force pair.fst pair.snd) (lib.zipLists elements merged)
      else
        lib.all (element: builtins.seq element true) merged
    else
      builtins.seq merged true;
  isEntry = value: lib.isAttrs value && value ? data && value ? after && value ? before;
in
{
  inherit lib;

  # Whether an option takes a definition, and has all that `wanted` asks of it; null if there is no such option.
  check =
    path: steps: definition: wanted:
    let
      type = typeAt path steps;
      known = builtins.tryEval (builtins.seq type.name true);
      merged =
        (lib.modules.mergeDefinitions path type [
          {
            file = "definition";
            value = definition;
          }
        ]).mergedValue;
    in
    if known.success then (builtins.tryEval (force wanted merged)).success else null;
}
