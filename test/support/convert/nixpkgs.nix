# A module system of a few lines, in the place of nixpkgs: definitions are put together, lists in the order of the modules, and
# a machine is a derivation of all that is defined.
{
  outputs =
    { self }:
    let
      unwrapped = value: if value ? content then value.content else value;
      merged =
        a: b:
        if builtins.isAttrs a && builtins.isAttrs b then
          a // builtins.mapAttrs (name: value: if a ? ${name} then merged a.${name} value else value) b
        else if builtins.isList a && builtins.isList b then
          a ++ b
        else
          b;
      # Like lib.evalModules: level by level, each file once.
      loaded =
        args: modules:
        let
          load = module: if builtins.isFunction module then module args else if builtins.isAttrs module then module else load (import module);
          keyed = builtins.genList (i: rec {
            module = builtins.elemAt modules i;
            key = if builtins.isAttrs module || builtins.isFunction module then "inline ${toString i}" else toString module;
          }) (builtins.length modules);
        in
        map (entry: entry.set) (
          builtins.genericClosure {
            startSet = map (entry: { inherit (entry) key; set = load entry.module; }) keyed;
            operator =
              entry:
              map (module: {
                key = if builtins.isAttrs module || builtins.isFunction module then "${entry.key} inline" else toString module;
                set = load module;
              }) (entry.set.imports or [ ]);
          }
        );
      plain = value: if builtins.isAttrs value then builtins.mapAttrs (_: plain) (unwrapped value) else value;
    in
    {
      legacyPackages.x86_64-linux.hello = "hello";
      lib = {
        mkDefault = content: { inherit content; };
        mkIf = condition: content: if condition then content else { };
        optionals = condition: list: if condition then list else [ ];
        genAttrs = names: f: builtins.listToAttrs (map (name: { inherit name; value = f name; }) names);
        nixosSystem =
          {
            modules,
            specialArgs ? { },
            system ? null,
          }:
          let
            defined = plain (
              builtins.removeAttrs (builtins.foldl' merged { } (loaded (specialArgs // { inherit config; inherit (self) lib; pkgs = self.legacyPackages.x86_64-linux; }) modules)) [ "imports" ]
            );
            # Says what a host is called, and of which release it is, where nobody does.
            config = merged { networking.hostName = "nixos"; system.stateVersion = "26.05"; } defined;
          in
          {
            pkgs.stdenv.hostPlatform.system = "x86_64-linux";
            config = config // {
              system = config.system // {
                build.toplevel = derivation {
                  name = "system";
                  system = "x86_64-linux";
                  builder = "/bin/sh";
                  text = builtins.toJSON (builtins.removeAttrs config [ "nixpkgs" "assertions" ]);
                };
              };
            };
          };
      };
    };
}
