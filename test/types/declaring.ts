import {
  Feature,
  Flake,
  Host,
  lib,
  literalExpression,
  mkEnableOption,
  mkIf,
  mkOption,
  pkgs,
  types,
  update,
} from 'cdknix';
import type { Construct } from 'constructs';

/** The compiler's message stands below each line that is wrong. */
class Declaring extends Feature {
  readonly options = this.nixos.declare({
    declaring: {
      enable: mkEnableOption('what this is about'),
      preset: update(mkEnableOption('what is on'), { default: true }, { description: 'What is on.' }),
      mode: mkOption({ type: types.enum(['fast', 'slow']), default: 'fast', example: 'slow' }),
      untyped: mkOption({ description: 'What Nix can merge.', default: pkgs.stdenv.isDarwin }),
      sizes: mkOption({ type: types.attrsOf(types.ints.positive), default: {} }),
      host: mkOption({ type: types.submodule([{ options: { ip: mkOption({ type: types.str }) } }]) }),
      open: mkOption({ type: types.submodule({ freeformType: types.attrsOf(types.str) }), default: {} }),
      shaped: mkOption({ type: types.str, default: 'x', apply: (value) => lib.toUpper(value) }),
      all: mkOption({
        type: types.attrs,
        default: lib.mapAttrs((name) => (value) => lib.nameValuePair(name, value.port), {}),
        defaultText: literalExpression('{ }'),
      }),
      text: mkOption({ type: types.str, default: null }),
      //                                ^ Type 'null' is not assignable to type 'Value<string> | undefined'.
      size: mkOption({ type: types.port, default: '80' }),
      //                                 ^ Type 'string' is not assignable to type 'Value<number> | undefined'.
      choice: mkOption({ type: types.enum(['a', 'b']), default: 'c' }),
      //                                               ^ Type '"c"' is not assignable to type 'Value<"a" | "b"> | undefined'.
      list: mkOption({ type: types.listOf(types.str), default: [1] }),
      //                                                        ^ Type 'number' is not assignable to type 'Value<string>'.
      misspelt: mkOption({ type: types.str, desciption: 'What it is.' }),
      //                                    ^ Object literal may only specify known properties, but 'desciption' does not exist in type 'OptionProps<string, never>'. Did you mean to write 'description'?
      name: mkOption({ type: 'string' }),
      //               ^ Type 'string' is not assignable to type 'NixType<unknown>'.
      value: { Options: { close: false } },
      //                  ^ Type 'false' is not assignable to type 'false & OptionDeclaration<unknown, unknown>'.
      //                      Type 'boolean' is not assignable to type 'OptionDeclaration<unknown, unknown>'.
    },
  });

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const { declaring } = this.options;
    this.nixos.set(mkIf(declaring.enable, { networking: { hostName: declaring.mode } }));
    this.nixos.set(mkIf(declaring.mode, { networking: { hostName: declaring.shaped } }));
    //                  ^ Argument of type 'Expr<"fast" | "slow">' is not assignable to parameter of type 'Value<boolean>'.
    //                      Type 'Expr<"fast" | "slow">' is not assignable to type 'Expr<boolean>'.
    //                        Type 'string' is not assignable to type 'boolean'.
    //                          Type 'string' is not assignable to type 'boolean'.
    this.nixos.set({ networking: { hostName: declaring.enable } });
    //                             ^ Type 'Expr<boolean>' is not assignable to type 'Value<string> | undefined'.
    //                                 Type 'Expr<boolean>' is not assignable to type 'Expr<string>'.
    //                                   Type 'boolean' is not assignable to type 'string'.
    this.nixos.set({ networking: { hostName: declaring.preset } });
    //                             ^ Type 'Expr<boolean>' is not assignable to type 'Value<string> | undefined'.
    //                                 Type 'Expr<boolean>' is not assignable to type 'Expr<string>'.
    //                                   Type 'boolean' is not assignable to type 'string'.
    this.nixos.set({ networking: { hostName: declaring.enabled } });
    //                                                 ^ Property 'enabled' does not exist on type 'OptionReferences<{ readonly enable: OptionDeclaration<boolean, boolean>; readonly preset: OptionDeclaration<boolean, boolean>; readonly mode: OptionDeclaration<"fast" | "slow", "fast" | "slow">; ... 12 more ...; readonly value: { ...; }; }>'. Did you mean 'enable'?
  }
}

declare module 'cdknix' {
  interface DeclaredOptions {
    declaring: Declaring;
  }
}

const desk = new Host(new Flake(), 'desk', { system: 'x86_64-linux' }).use(Declaring);
desk.set({
  declaring: {
    enable: desk.config.services.openssh.enable,
    mode: 'slow',
    untyped: ['anything'],
    sizes: { a: 1 },
    host: { ip: '::1' },
    open: { whatever: 'x' },
  },
});
desk.set(mkIf(desk.config.declaring.enable, { declaring: { host: { ip: '::1' } } }));
desk.set({ declaring: { enabel: true } });
//                      ^ Object literal may only specify known properties, but 'enabel' does not exist in type 'OptionsIn<{ readonly enable: OptionDeclaration<boolean, boolean>; readonly preset: OptionDeclaration<boolean, boolean>; readonly mode: OptionDeclaration<"fast" | "slow", "fast" | "slow">; ... 12 more ...; readonly value: { ...; }; }>'. Did you mean to write 'enable'?
desk.set({ declaring: { mode: 'medium' } });
//                      ^ Type '"medium"' is not assignable to type 'Value<"fast" | "slow"> | undefined'.
desk.set({ declaring: { sizes: { a: 'large' } } });
//                               ^ Type 'string' is not assignable to type 'Value<number> | undefined'.
desk.set({ declaring: { host: { ipp: '::1' } } });
//                              ^ Object literal may only specify known properties, and 'ipp' does not exist in type 'OptionsIn<{ readonly ip: OptionDeclaration<string, string>; }>'.
desk.set(mkIf(true, { declaring: { enabel: true } }));
//                                 ^ Object literal may only specify known properties, but 'enabel' does not exist in type 'OptionsIn<{ readonly enable: OptionDeclaration<boolean, boolean>; readonly preset: OptionDeclaration<boolean, boolean>; readonly mode: OptionDeclaration<"fast" | "slow", "fast" | "slow">; ... 12 more ...; readonly value: { ...; }; }>'. Did you mean to write 'enable'?
