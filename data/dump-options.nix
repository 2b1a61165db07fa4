# Reads a tree of options, and prints it as JSON: an `OptionTree` of lib/options/type.ts, where an option has a third
# member with upstream's words if these are asked for.
#
# `options` is that attribute of the result of any `lib.evalModules`: of a NixOS, nix-darwin or Home Manager configuration,
# or of another program's. This file refers to no other, so that its text may be given to `nix eval --apply`.
#
# What modules say is evaluated as little as may be: a `throw` in it is caught, but other errors cannot be. So with `steps`
# nothing is printed at the end, but each option when it is done, as a trace, and with it a trace when the evaluation of
# something begins and ends: whoever reads them knows what an evaluation failed at (lib/options/dump-steps.ts). Called
# again with this among `steps.without`, and `steps.from` the first option that is not done, it goes on.
{
  lib,
  options,
  withDocs ? false,
  steps ? null,
  ...
}:
let
  inherit (builtins)
    all
    attrNames
    concatMap
    concatStringsSep
    deepSeq
    elem
    elemAt
    filter
    foldl'
    fromJSON
    head
    isAttrs
    isBool
    isInt
    isFloat
    isList
    isString
    length
    listToAttrs
    mapAttrs
    match
    removeAttrs
    seq
    storeDir
    stringLength
    substring
    tail
    toJSON
    trace
    tryEval
    unsafeDiscardStringContext
    ;

  try =
    fallback: value:
    let
      tried = tryEval value;
    in
    if tried.success then tried.value else fallback;

  optional =
    condition: name: value:
    if condition then { ${name} = value; } else { };

  # A part of what is read, and what stands for it where it cannot be evaluated.
  step =
    force: at: part: fallback: value:
    let
      mark = toJSON [
        at.place
        part
        (length (at.above or [ ]))
      ];
    in
    if steps == null then
      value
    else if elem mark steps.without then
      fallback
    else
      trace "cdknix [ ${mark}" (force value (trace "cdknix ] ${mark}" value));

  # toJSON would take a set with an attribute `outPath` or `__toString` for a string.
  show =
    value:
    if isAttrs value then
      "{${concatStringsSep "," (map (name: "${toJSON name}:${show value.${name}}") (attrNames value))}}"
    else if isList value then
      "[${concatStringsSep "," (map show value)}]"
    else
      unsafeDiscardStringContext (toJSON value);

  # Since 2025, an option that nobody defines has the empty value of its type.
  emptyValues =
    (tryEval
      (lib.evalModules {
        modules = [ { options.list = lib.mkOption { type = lib.types.listOf lib.types.str; }; } ];
      }).config.list
    ).success;

  # --- options

  treeOf =
    at: set:
    let
      node =
        name:
        let
          # What cannot be had is there all the same.
          unknown = {
            _type = "option";
          };
          value = step seq here "member" unknown (try unknown set.${name});
          here = at // {
            path = at.path ++ [ name ];
            place = at.place ++ [ name ];
            from = if name == first then tail at.from else [ ];
          };
        in
        if !isAttrs value then
          { }
        else if value._type or null == "option" then
          optionOf here value
        else if isString (value._type or null) then
          { }
        else
          treeOf here value;
      nodes = map (name: {
        inherit name;
        value = node name;
      }) (filter (name: first == null || !(name < first)) (attrNames set));
      first = if at.from == [ ] then null else head at.from;
    in
    listToAttrs (filter (member: isList member.value || member.value != { }) nodes);

  optionOf =
    at: option:
    let
      visible = option.visible or true;
      hidden = visible == false || visible == "transparent" || option.internal or false == true;
      description = textOf (option.description or null);
      renamedTo =
        if visible == false && description != null then
          match "Alias of [{]option[}]`(.*)`[.]" description
        else
          null;
      type = try { } (option.type or { });
      removed =
        visible == false
        && type.name or "unspecified" == "unspecified"
        && option ? apply
        && !(option ? default)
        && description == null
        && !(tryEval (option.apply null)).success;
      required =
        !hidden
        && option ? type
        && !(option ? default)
        && !(emptyValues && try true ((type.emptyValue or { }) ? value))
        && !at.defines at.path;
      file = fileOf option;
      readOnly = option.readOnly or false == true;
      inManual = at.inManual && !hidden;
      # Where no manual shows it, it may fail to evaluate; of read-only options it is computed.
      default =
        if inManual && !readOnly && option ? default && !(option ? defaultText) then
          step deepSeq at "default" null (try null (literal option.default))
        else
          null;
      facts = step deepSeq at "facts" { } (
        (if default == null then { } else default)
        // optional (file != null) "file" file
        // optional readOnly "readOnly" true
        // optional hidden "hidden" true
        // optional (renamedTo != null) "renamedTo" (head renamedTo)
        // optional (option ? apply && !removed && renamedTo == null) "applied" true
        // optional removed "removed" true
        // optional required "required" true
      );
      docs = step deepSeq at "description" { } (
        optional (description != null) "description" description
        // (
          if option ? defaultText then
            codeOf at "default" option.defaultText
          else if option ? default then
            codeOf at "default" option.default
          else
            { }
        )
        // (if option ? example then codeOf at "example" option.example else { })
      );
      shown = typeOf {
        inherit (at)
          within
          path
          place
          defines
          ;
        loc = option.loc or [ ];
        above = [ ];
        shallow = visible == "shallow" || visible == false;
        inManual = at.inManual && visible != false;
        described = !hidden;
      } type;
    in
    if withDocs && inManual then
      [
        shown
        facts
        docs
      ]
    else if facts == { } then
      [ shown ]
    else
      [
        shown
        facts
      ];

  textOf =
    text:
    let
      said = try null text;
    in
    if isString said then
      said
    else if isAttrs said then
      try null (if isString (said.text or null) then said.text else null)
    else
      null;

  codeOf =
    at: name: value:
    let
      said = try null value;
      code = try null (
        if isAttrs said && said ? _type && said ? text then
          said.text
        else
          (lib.options.renderOptionValue said).text
      );
    in
    step deepSeq at name { } (optional (isString code) name code);

  # The declaring file below the project that it belongs to.
  fileOf =
    option:
    let
      declared = try [ ] (option.declarations or [ ]);
      said =
        if declared == [ ] then "" else try "" (unsafeDiscardStringContext (toString (head declared)));
      # Modules without a file are named after the place that imports them.
      place = match "([^#]*[^#.:]+[.]nix)(:anon-[0-9]+|, via option .*|#.*)*" said;
      folder = match "([^ ,:#.]*/[^ ,:#./]+)" said;
      path =
        if place != null then
          head place
        else if folder != null then
          "${head folder}/default.nix"
        else
          "";
      inStore = match "${storeDir}/[^/]+/(.+)" path;
      inNixos = match ".*/(nixos/modules/.+)" path;
      inTree = match "(.*/)?(modules/.+|lib/modules[.]nix)" path;
    in
    if inStore != null then
      head inStore
    else if inNixos != null then
      head inNixos
    else if inTree != null then
      elemAt inTree 1
    else
      null;

  # { default = …; } where the value is plain data and not large.
  literal =
    value:
    let
      isPlain =
        depth: value:
        if isString value then
          builtins.getContext value == { }
          && stringLength value <= maxLiteral
          && all (part: match ".*${part}.*" (flat value) == null) [
            storeDir
            # What stands for the name of a submodule while nobody has made one.
            "‹name›"
          ]
        else if isInt value || isFloat value || isBool value || value == null then
          true
        else if depth > 4 then
          false
        else if isList value then
          length value <= 32 && all (isPlain (depth + 1)) value
        else if isAttrs value then
          length (attrNames value) <= 32
          && all (name: !(value ? ${name})) [
            "_type"
            "outPath"
            "__toString"
            "__functor"
          ]
          && value.type or null != "derivation"
          && all (name: isPlain (depth + 1) value.${name}) (attrNames value)
        else
          false;
    in
    if isPlain 0 value && stringLength (show value) <= maxLiteral then { default = value; } else null;

  maxLiteral = 400;

  # The beginning of a text in one line. Nix's regular expressions overflow the stack on long ones.
  flat = text: builtins.replaceStrings [ "\n" "\r" ] [ " " " " ] (substring 0 1000 text);

  # --- types

  typeOf = at: type: step deepSeq at "type" "any" (try "any" (readType at type));

  readType =
    at: type:
    let
      name = type.name or "";
      nested = type.nestedTypes or { };
      payload = (type.functor or { }).payload or null;
      description = descriptionOf type;

      inner = at // {
        above = at.above ++ [ (identity type) ];
        described = at.described && isComposed type;
      };
      at' =
        part:
        inner
        // {
          loc = inner.loc ++ [ part ];
          path = inner.path ++ [ null ];
          place = inner.place ++ [ part ];
        };
      elemType = nested.elemType or payload.elemType or type.functor.wrapped or { };

      between = match ".*between (-?[0-9.e+-]+) and (-?[0-9.e+-]+) [(](both )?inclusive[)]" description;
      bounded =
        kind:
        if between == null then
          kind
        else
          {
            inherit kind;
            min = fromJSON (elemAt between 0);
            max = fromJSON (elemAt between 1);
          };

      wrappers = {
        nullOr = {
          kind = "nullOr";
          of = typeOf inner elemType;
        };
        listOf = {
          kind = "listOf";
          of = typeOf (at' "*") elemType;
        }
        // optional (!((type.emptyValue or { value = [ ]; }) ? value)) "nonEmpty" true;
        attrsOf = {
          kind = "attrsOf";
          of = typeOf (at' "<name>") elemType;
        };
        lazyAttrsOf = wrappers.attrsOf // {
          lazy = true;
        };
        loaOf = wrappers.attrsOf;
        # Home Manager's sets whose entries have an order.
        dagOf =
          let
            type = typeOf (at' "<name>") elemType;
            names = [
              {
                kind = "listOf";
                of = "str";
              }
            ];
          in
          {
            kind = "attrsOf";
            of = {
              kind = "coercedTo";
              from = type;
              to = {
                kind = "submodule";
                options = {
                  data = [ type ];
                  after = names;
                  before = names;
                };
              };
            };
          };
        attrListOf =
          let
            attrs = wrappers.attrsOf;
          in
          {
            kind = "either";
            of = [
              attrs
              {
                kind = "listOf";
                of = attrs;
              }
            ];
          };
        either = eitherOf (alternatives (inner // { inManual = false; }) type);
        coercedTo =
          if nested ? coercedType && nested ? finalType then
            {
              kind = "coercedTo";
              from = typeOf (inner // { inManual = false; }) nested.coercedType;
              to = typeOf inner nested.finalType;
            }
          else
            "any";
        functionTo = {
          kind = "functionTo";
          of = typeOf (at' "<function body>") elemType;
        };
        unique = {
          kind = "unique";
          of = typeOf inner elemType;
        };
        uniq = wrappers.unique;
      };

      others = {
        bool = "bool";
        boolByOr = "bool";
        int = bounded "int";
        intBetween = bounded "int";
        unsignedInt = {
          kind = "int";
          min = 0;
        };
        unsignedInt8 = bounded "int";
        unsignedInt16 = bounded "int";
        unsignedInt32 = bounded "int";
        signedInt8 = bounded "int";
        signedInt16 = bounded "int";
        signedInt32 = bounded "int";
        positiveInt = {
          kind = "int";
          min = 1;
        };
        float = bounded "float";
        numberBetween = bounded "number";
        numberNonnegative = {
          kind = "number";
          min = 0;
        };
        # Whether 0 itself is allowed cannot be said.
        numberPositive = {
          kind = "number";
          min = 0;
        };
        str = "str";
        string = "str";
        nonEmptyStr = {
          kind = "str";
          form = "nonEmpty";
        };
        singleLineStr = {
          kind = "str";
          form = "singleLine";
        };
        separatedString = {
          kind = "str";
          separator = payload.sep or (if isString payload then payload else "");
        };
        path =
          if isAttrs payload && !(payload.absolute == true && payload.inStore == null) then
            {
              kind = "path";
            }
            // optional (payload.inStore != null) "inStore" payload.inStore
            // optional (payload.absolute != null) "absolute" payload.absolute
          else
            "path";
        pathInStore = {
          kind = "path";
          inStore = true;
        };
        externalPath = {
          kind = "path";
          inStore = false;
          absolute = true;
        };
        package = "package";
        shellPackage = "package";
        attrs = "attrs";
        enum = enumOf (payload.values or payload);
        deferredModule = "module";
        submodule = submoduleOf inner type;
        attrTag =
          let
            tags = payload.tags or nested;
          in
          if isEndless at tags then
            "any"
          else
            {
              kind = "attrTag";
              options = treeOf {
                inherit (at) inManual place;
                within = at.within ++ [ (attrNames tags) ];
                path = [ ];
                from = [ ];
                defines = _: true;
              } tags;
            };
        # Types that modules of the three systems make.
        "Toplevel NixOS config" = "nixos";
        nixpkgs-config = {
          kind = "either";
          of = [
            "attrs"
            function
          ];
        };
        nixpkgs-overlay = function;
        overlayFunction = function;
        selectorFunction = function;
      };

      function = {
        kind = "functionTo";
        of = "any";
      };

      passwdEntry = match "passwdEntry (.*)" name;
      # The name is Nix code.
      quoted = match "strMatching (.*)" name;
      pattern =
        payload.pattern
          or (fromJSON (builtins.replaceStrings [ "\\\\" "\\$" ] [ "\\\\" "$" ] (head quoted)));

      # A type of another name that was made of a known one, by `//`.
      origin = (type.functor or { }).name or name;
    in
    if wrappers ? ${name} then
      if at.described && isFormat type then
        "data"
      else if length at.above > maxNesting || lib.any (other: other == identity type) at.above then
        "any"
      else
        wrappers.${name}
    else if others ? ${name} then
      others.${name}
    else if quoted != null || name == "strMatching" then
      {
        kind = "str";
        inherit pattern;
      }
    else if passwdEntry != null then
      if head passwdEntry == "str" then
        {
          kind = "str";
          form = "passwdEntry";
        }
      else
        readType at (type // { name = head passwdEntry; })
    else if origin != name then
      readType at (type // { name = if origin == "attrsWith" then "attrsOf" else origin; })
    else
      "any";

  descriptionOf = type: try "" (if isString (type.description or null) then type.description else "");

  # Whether a description is made of those of the type's parts. A recursive type has another one at some place, and below
  # that the descriptions are not to be read, as they have no end.
  isComposed =
    type:
    let
      phrases = {
        nullOr = "null or .*";
        listOf = "(list of|non-empty) .*";
        attrsOf = "attribute set of .*";
        lazyAttrsOf = "lazy attribute set of .*";
        dagOf = "DAG of .*";
        attrListOf = "attribute list of .*";
        either = ".* or .*";
        coercedTo = ".* convertible to it";
        functionTo = "function that evaluates to .*";
        unique = ".*";
        uniq = ".*";
        submodule = "open submodule of .*";
      };
    in
    phrases ? ${type.name} && match phrases.${type.name} (flat (descriptionOf type)) != null;

  # The recursive types of `pkgs.formats` and those like them say what they are in words only: "JSON value".
  isFormat =
    type:
    elem type.name [
      "nullOr"
      "either"
      "attrsOf"
      "lazyAttrsOf"
    ]
    && !isComposed type
    && match ".* value" (flat (descriptionOf type)) != null;

  # Sets of the same attributes are equal before Nix looks into them; functions in different places never are. So a type
  # equals itself, whatever was put over it, and no other one.
  identity = builtins.intersectAttrs { typeMerge = null; };

  # Where types nest deeper than this, each contains a new one of its kind.
  maxNesting = 10;

  alternatives =
    at: type:
    let
      parts = type.functor.payload.elemType or type.functor.wrapped;
    in
    concatMap
      (
        member:
        if
          member.name or "" == "either" && !(at.described && isFormat member) && length at.above <= maxNesting
        then
          alternatives (at // { above = at.above ++ [ (identity member) ]; }) member
        else
          [ (typeOf at member) ]
      )
      [
        (type.nestedTypes.left or (head parts))
        (type.nestedTypes.right or (elemAt parts 1))
      ];

  eitherOf =
    all:
    let
      of = foldl' (
        members: member: if elem member members then members else members ++ [ member ]
      ) [ ] all;
    in
    if length of == 1 then
      head of
    else if
      of == [
        "int"
        "float"
      ]
      ||
        of == [
          "float"
          "int"
        ]
    then
      "number"
    else
      {
        kind = "either";
        inherit of;
      };

  # Without values, it is one whose values other modules or packages bring.
  enumOf =
    values:
    if
      isList values
      && values != [ ]
      && all (
        value: isString value || isInt value || isFloat value || isBool value || value == null
      ) values
    then
      {
        kind = "enum";
        inherit values;
      }
    else
      "any";

  # Whether a set of options contains itself: it is a new one each time, so it is known by its names.
  isEndless =
    at: set:
    length (filter (names: names == attrNames set) at.within) >= 2 || length at.within >= maxDepth;

  # No real submodule nests deeper.
  maxDepth = 12;

  submoduleOf =
    at: type:
    let
      class = ((type.functor or { }).payload or { }).class or null;
      whole = {
        nixos = "nixos";
        darwin = "darwin";
        homeManager = "home";
      };
      subOptions = try null (type.getSubOptions at.loc);
      within = at.within ++ [ (attrNames subOptions) ];
      definedHere = definedIn type;
      freeformType = try null (subOptions._module.freeformType.value or null);
      # A system inside of one of its own kind may have options beside all that the outer one has: a virtual machine for
      # trying a configuration out, or any other `extendModules`.
      isExtension = all (name: subOptions ? ${name}) (attrNames (removeAttrs options [ "_module" ]));
      more = if isExtension then without options (removeAttrs subOptions [ "_module" ]) else { };
    in
    if class != null && whole ? ${class} then
      if subOptions == null || more == { } then
        whole.${class}
      else
        {
          kind = "submodule";
          extends = whole.${class};
          # Manuals show none of it.
          options = treeOf {
            inherit within;
            inherit (at) place;
            inManual = false;
            path = [ ];
            from = [ ];
            defines = _: true;
          } more;
        }
    else if at.shallow then
      {
        kind = "submodule";
        options = { };
        freeform = "any";
      }
    else if subOptions == null || isEndless at subOptions then
      "any"
    else
      {
        kind = "submodule";
        options =
          treeOf
            {
              inherit within;
              inherit (at) inManual place;
              path = [ ];
              from = [ ];
              defines = path: definedHere path || at.defines (at.path ++ path);
            }
            (
              removeAttrs subOptions [
                "_module"
                "_freeformOptions"
              ]
            );
      }
      // optional (freeformType != null) "freeform" (typeOf (at // { inherit within; }) freeformType);

  # The options of a tree that another one lacks.
  without =
    known: set:
    let
      isGroup = value: isAttrs value && !(value ? _type);
      memberOf =
        name:
        let
          own = try { } set.${name};
          other = try { } known.${name};
        in
        if !(known ? ${name}) then
          { ${name} = own; }
        else if !isGroup own || !isGroup other then
          { }
        else
          optional (without other own != { }) name (without other own);
    in
    foldl' (all: name: all // memberOf name) { } (attrNames set);

  # --- what modules define

  # Whether a module of a submodule may define an option. `isDefined` would say it exactly, but it evaluates values, and
  # those of an instance that does not exist may fail in ways that cannot be caught. So only the shape of the modules is
  # read, with arguments that throw; in doubt, the answer is yes.
  definedIn =
    type:
    let
      specialArgs = type.functor.payload.specialArgs or { };
      configs = configsOf ({ inherit lib; } // specialArgs) (try [ ] (type.getSubModules or [ ]));
    in
    path: lib.any (config: try true (covers config path)) configs;

  unknown = {
    _type = "unknown";
  };

  configsOf = args: concatMap (module: try [ unknown ] (configsOfOne args module));

  configsOfOne =
    args: given:
    let
      module =
        if isAttrs given && !(given ? __functor) || lib.isFunction given then given else import given;
      # What the library gives to every module, and what this one asks for.
      names = {
        _class = null;
        _prefix = null;
        config = null;
        options = null;
        specialArgs = null;
      }
      // lib.functionArgs module;
      set =
        if lib.isFunction module then
          module (args // mapAttrs (name: _: args.${name} or (throw "unknown")) names)
        else
          module;
      whole = set ? options || set ? config;
      config =
        if whole then
          set.config or { }
        else
          removeAttrs set [
            "_class"
            "_file"
            "disabledModules"
            "freeformType"
            "imports"
            "key"
            "meta"
          ];
    in
    # Who asks for `options` looks at what is defined, and can do without the rest.
    if set ? _type || lib.isFunction module && lib.functionArgs module ? options then
      [ unknown ]
    else
      [ config ] ++ configsOf args (set.imports or [ ]);

  # Whether a definition may have something at a place, in which null stands for any name or element.
  covers =
    config: path:
    if !isAttrs config then
      true
    else if config ? _type then
      {
        merge = lib.any (content: covers content path) config.contents;
        "if" = covers config.content path;
        override = covers config.content path;
        order = covers config.content path;
      }
      .${config._type} or true
    else if path == [ ] then
      true
    else if head path == null then
      config != { }
    else
      config ? ${head path} && covers config.${head path} (tail path);

  # --- the result

  tree = treeOf {
    within = [ ];
    inManual = true;
    path = [ ];
    place = [ ];
    from = if steps == null then [ ] else steps.from;
    # All modules of the system together define the top; but what is in a set of any name, or in a list, they leave to users.
    defines = path: !elem null path;
  } options;

  print =
    path: member:
    if isList member then
      trace "cdknix = ${
        show [
          path
          member
        ]
      }" true
    else
      all (name: print (path ++ [ name ]) member.${name}) (attrNames member);
in
if steps == null then
  show tree
else if print [ ] tree then
  ""
else
  ""
