# Where the options of modules that are generated differ from those of the same modules written by hand: the data of the
# manual (`options.json`), the values where they are read, and what the definitions in `config` come to.
{ lib, modules }:
let
  named = name: {
    type = "derivation";
    inherit name;
    outPath = "/nix/store/00000000000000000000000000000000-${name}";
    drvPath = "/nix/store/00000000000000000000000000000000-${name}.drv";
  };
  pkgs = {
    _type = "pkgs";
    hello = named "hello";
    fish = named "fish" // {
      shellPath = "/bin/fish";
    };
    sets.inner = named "inner";
  };

  # What can be compared of a value.
  plain =
    depth: value:
    if lib.isFunction value then
      "a function"
    else if depth == 0 then
      builtins.typeOf value
    else if lib.isDerivation value then
      "package ${value.name}"
    else if lib.isAttrs value then
      lib.mapAttrs (_: plain (depth - 1)) (removeAttrs value [ "_file" "_module" ])
    else if lib.isList value then
      map (plain (depth - 1)) value
    else if builtins.isPath value then
      toString value
    else
      value;
  tried =
    value:
    let
      text = builtins.tryEval (builtins.toJSON (plain 6 value));
    in
    if text.success then text.value else "an error";

  listOf =
    name: file:
    let
      inherit
        (lib.evalModules {
          modules = [
            file
            {
              options.outer = {
                value = lib.mkOption { default = "from outside"; };
                on = lib.mkOption { default = true; };
              };
              config._module.args.pkgs = pkgs;
            }
          ];
        })
        options
        config
        ;
      docs = lib.optionAttrSetToDocList options.${name};
      top = lib.collect lib.isOption options.${name};
    in
    {
      docs = map (one: removeAttrs one [ "declarations" ]) docs;
      values = map (one: tried (lib.getAttrFromPath one.loc config)) top;
      inherit options;
    };
  pairs = lib.mapAttrs (name: files: lib.mapAttrs (_: listOf name) files) modules;
in
{
  inherit lib;
  # How many options are documented, those of submodules among them.
  count = lib.foldl' (sum: one: sum + lib.length one.docs) 0 (map (one: one.hand) (lib.attrValues pairs));
  differing = lib.filter (one: one.ours != one.hand) (
    lib.concatLists (
      lib.mapAttrsToList (
        name:
        { ours, hand }:
        if lib.length ours.docs != lib.length hand.docs then
          [
            {
              inherit name;
              ours = lib.length ours.docs;
              hand = lib.length hand.docs;
            }
          ]
        else
          lib.zipListsWith (ours: hand: { inherit name ours hand; }) (ours.docs ++ ours.values) (
            hand.docs ++ hand.values
          )
      ) pairs
    )
  );
  # The options as they are written by hand, by the names of their modules.
  options = lib.mapAttrs (name: { hand, ... }: hand.options.${name}) pairs;
}
