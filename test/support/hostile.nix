# What fleets say in the end, without module systems: each spot of each fleet is compared with what was put there.
{ folders }:
let
  content = value: value;
  lib = {
    getName = content;
    mkDefault = content;
    mkForce = content;
    mkIf = _: content;
    mkMerge = contents: { merged = contents; };
  };

  merge =
    a: b:
    if builtins.isAttrs a && builtins.isAttrs b then
      builtins.mapAttrs (
        name: value: if a ? ${name} && b ? ${name} then merge a.${name} b.${name} else value
      ) (a // b)
    else if builtins.isList a && builtins.isList b then
      a ++ b
    else
      b;
  mergeAll = builtins.foldl' merge { };

  layersOf = value: if value ? merged then builtins.concatMap layersOf value.merged else [ value ];

  # The definitions of a module and of all that it imports.
  definitions =
    args: module:
    let
      value = if builtins.isPath module || builtins.isString module then import module else module;
      set = if builtins.isFunction value then value args else value;
      own = set.config or (removeAttrs set [ "imports" ]);
    in
    layersOf own ++ builtins.concatMap (definitions args) (set.imports or [ ]);

  judge =
    folder:
    let
      spots = builtins.fromJSON (builtins.readFile "${folder}/spots.json");
      flake = import (/. + "${folder}/nix/flake.nix");
      inputs = {
        self = outputs;
        nixpkgs.lib.nixosSystem = content;
        nixpkgs.legacyPackages.x86_64-linux = { };
        home-manager.lib.homeManagerConfiguration = content;
        home-manager.nixosModules.home-manager = { };
      };
      outputs = flake.outputs inputs;
      pkgs = builtins.listToAttrs (
        map (name: {
          inherit name;
          value = "package ${name}";
        }) spots.packages
      );
      configOf =
        specialArgs: modules:
        mergeAll (
          builtins.concatMap (definitions (specialArgs // { inherit lib pkgs inputs; config = { }; })) modules
        );
      host = outputs.nixosConfigurations.desk;
      home = outputs.homeConfigurations."anna@desk";
      roots = rec {
        inherit flake outputs host home;
        overlays = builtins.mapAttrs (_: overlay: overlay { } { }) outputs.overlays;
        insecure = builtins.listToAttrs (
          map (name: {
            inherit name;
            value = hostConfig.nixpkgs.config.allowInsecurePredicate name;
          }) spots.insecure
        );
        hostConfig = configOf host.specialArgs host.modules;
        homeConfig = configOf home.extraSpecialArgs home.modules;
      };
      valueAt =
        { root, path, ... }:
        builtins.foldl' (
          value: name: if builtins.isAttrs value && value ? ${name} then value.${name} else throw "missing"
        ) roots.${root} path;
      isRight =
        spot:
        let
          value = valueAt spot;
        in
        (if spot.file then builtins.readFile value else value) == spot.expected;
      results = map (spot: builtins.tryEval (isRight spot)) spots.spots;
      wrong = builtins.filter (i: (builtins.elemAt results i).value != true) (
        builtins.genList content (builtins.length results)
      );
    in
    wrong;
in
map judge folders
