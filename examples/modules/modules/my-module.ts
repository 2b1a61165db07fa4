import { Feature, mkEnableOption, mkIf, pkgs } from 'cdknix';
import type { Construct } from 'constructs';

/** The module of the lesson: an option, and what holds where it is set. */
export class MyModule extends Feature {
  readonly options = this.nixos.declare({ myModule: { enable: mkEnableOption('my module') } });

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.nixos.set(mkIf(this.options.myModule.enable, { environment: { systemPackages: [pkgs.hello] } }));
  }
}

declare module 'cdknix' {
  interface DeclaredOptions {
    myModule: MyModule;
  }
}
