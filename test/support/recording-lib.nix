# A library that calls nothing and notes every call, and what two modules do with it: whether the one calls it as the other does,
# without the real one. Functions are called with stand-ins, and what they give is compared.
{ modules }:
let
  inherit (builtins)
    attrNames
    concatMap
    functionArgs
    isAttrs
    isFunction
    isList
    listToAttrs
    mapAttrs
    ;
  genAttrs =
    names: value:
    listToAttrs (
      map (name: {
        inherit name;
        value = value name;
      }) names
    );

  call =
    name: arity: done:
    if arity == 0 then
      {
        called = name;
        with' = done;
      }
    else
      argument: call name (arity - 1) (done ++ [ argument ]);
  functions = arities: mapAttrs (name: arity: call name arity [ ]) arities;

  types =
    functions {
      addCheck = 2;
      attrTag = 1;
      attrsOf = 1;
      attrsWith = 1;
      coercedTo = 3;
      either = 2;
      enum = 1;
      functionTo = 1;
      lazyAttrsOf = 1;
      listOf = 1;
      nonEmptyListOf = 1;
      nullOr = 1;
      oneOf = 1;
      passwdEntry = 1;
      pathWith = 1;
      separatedString = 1;
      strMatching = 1;
      submodule = 1;
      submoduleWith = 1;
      uniq = 1;
      unique = 2;
    }
    // genAttrs [
      "anything"
      "attrs"
      "bool"
      "boolByOr"
      "commas"
      "deferredModule"
      "envVar"
      "externalPath"
      "float"
      "int"
      "lines"
      "nonEmptyStr"
      "number"
      "optionType"
      "package"
      "path"
      "pathInStore"
      "pkgs"
      "port"
      "raw"
      "shellPackage"
      "singleLineStr"
      "str"
    ] (name: "the type ${name}")
    // {
      ints = functions { between = 2; } // genAttrs [
        "positive"
        "s16"
        "s32"
        "s8"
        "u16"
        "u32"
        "u8"
        "unsigned"
      ] (name: "the type ints.${name}");
      numbers = functions { between = 2; } // genAttrs [ "nonnegative" "positive" ] (name: "the type numbers.${name}");
    };
  lib =
    functions {
      literalExpression = 1;
      literalMD = 1;
      mkEnableOption = 1;
      mkOption = 1;
      mkPackageOption = 3;
      optionals = 2;
    }
    // {
      inherit types;
    };
  arguments = {
    inherit lib;
    options = { };
    name = "the name";
    pkgs = {
      _type = "pkgs";
      hello = "the package hello";
      fish = "the package fish";
    };
    config = {
      label = "the label";
      outer = {
        value = "from outside";
        on = "whether it is on";
      };
    };
  };

  plain =
    value:
    if isFunction value then
      {
        function =
          let
            formals = functionArgs value;
          in
          plain (value (if formals == { } then "the argument" else mapAttrs (name: _: arguments.${name}) formals));
      }
    else if isAttrs value then
      mapAttrs (_: plain) value
    else if isList value then
      map plain value
    else
      value;
  read = file: plain (import file arguments);
in
concatMap (
  name:
  let
    both = mapAttrs (_: read) modules.${name};
  in
  if both.ours == both.hand then [ ] else [ ({ inherit name; } // both) ]
) (attrNames modules)
