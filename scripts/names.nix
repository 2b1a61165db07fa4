# The names in a package set, in sets of it, in its library (with Home Manager's part of it) and in Nix itself, with dots.
{
  nixpkgs,
  homeManager,
  sets,
}:
let
  lib = import (nixpkgs + "/lib");
  pkgs = import nixpkgs {
    system = "x86_64-linux";
    config = { };
    overlays = [ ];
  };
  library = lib // {
    inherit (import (homeManager + "/modules/lib/stdlib-extended.nix") lib) hm;
  };

  holds = test: set: builtins.any (name: try (test set.${name})) (builtins.attrNames set);
  try =
    value:
    let
      tried = builtins.tryEval value;
    in
    tried.success && tried.value;
  isSet = value: try (builtins.isAttrs value && value.type or null != "derivation" && !(value ? _type));
  isFolder = set: isSet set && holds (value: builtins.isFunction value || isSet value && holds builtins.isFunction value) set;
  within = path: set: map (name: "${path}.${name}") (builtins.attrNames set);

  # Functions as deep as two sets; what else holds names is named.
  named = [
    "licenses"
    "platforms"
    "types"
  ];
  functions =
    path: set: depth:
    builtins.concatMap (
      name:
      let
        at = if path == "" then name else "${path}.${name}";
        isOpen = depth > 0 && (isFolder set.${name} || path == "" && builtins.elem name named);
      in
      [ at ] ++ (if isOpen then functions at set.${name} (depth - 1) else [ ])
    ) (builtins.attrNames set);
in
{
  packages = builtins.attrNames pkgs ++ builtins.concatMap (name: within name pkgs.${name}) sets;
  library = functions "" library 2;
  builtins = builtins.attrNames builtins;
}
