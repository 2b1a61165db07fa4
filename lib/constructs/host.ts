import { Construct, type IConstruct } from 'constructs';
import { birthPosition, type Position, propOf } from '../diagnostics';
import { type ConfigOf, checkArgument, type Importable, Module, refuseMore, usesOf } from '../module';
import type { Configs } from '../options/config';
import type { Expr, List } from '../options/values';
import { type FeatureKind, importFeature, type Usable, use } from './feature';
import { enclosing, KIND } from './kind';
import {
  checkArgs,
  checkHostId,
  checkHostName,
  checkSystem,
  type DarwinSystem,
  freeId,
  isDarwin,
  type System,
} from './names';
import { argumentsByName, checkPropValues, darwinRelease, release } from './prop-values';
import { checkProps, type PropNames } from './props';
import { addError, checkConstruct, pathOf } from './report';
import { checkFeatureKind } from './usage';

declare module './kind' {
  interface Kinds {
    host: Host;
  }
}

/** The module system of a host, by its platform. */
export type HostClass<S extends System> = S extends DarwinSystem ? 'darwin' : 'nixos';

export interface HostProps<S extends System = System> {
  /** The platform: NixOS for `…-linux`, nix-darwin for `…-darwin`. */
  readonly system: S;
  /**
   * The name on the network (`networking.hostName`), if it is another one than the flake has; `null` if only modules say it.
   * @default what options or an imported file say, else the id up to its first dot
   */
  readonly hostName?: string | null | undefined;
  /**
   * The release that the host was first installed with; for a Mac nix-darwin's own integer.
   * @default the flake's, at the first synth; pinned from then on
   */
  readonly stateVersion?: S extends DarwinSystem ? number : string | undefined;
  /**
   * Arguments for the host's modules, beside `inputs`.
   * @default none
   */
  readonly specialArgs?: Readonly<Record<string, unknown>> | undefined;
  /**
   * Arguments for the modules of the homes on the host, beside `inputs`.
   * @default none
   */
  readonly extraSpecialArgs?: Readonly<Record<string, unknown>> | undefined;
}

const propNames: PropNames<HostProps> = {
  system: true,
  hostName: true,
  stateVersion: true,
  specialArgs: true,
  extraSpecialArgs: true,
};

/** A machine: NixOS or nix-darwin, by its `system`. Its id is its name, or its fully qualified name. */
export class Host<S extends System = System> extends Construct {
  readonly [KIND] = 'host';
  /** Where the user made it. */
  readonly position: Position | undefined;
  /** The platform. */
  readonly system: S;
  /** What the host itself defines. */
  readonly module: Module<HostClass<S>>;

  /**
   * @param scope the flake, or a construct in it
   * @param id the host's name in the flake and, up to the first dot, on the network
   * @throws CdknixError `id-taken`, `argument`, `argument-lost`
   */
  constructor(
    scope: Construct,
    id: string,
    readonly props: HostProps<S>,
  ) {
    super(scope, freeId('a host', scope, id));
    checkArgument('new Host', 'props', props);
    refuseMore('new Host', arguments, 3);
    this.position = birthPosition(this);
    this.system = props?.system;
    checkProps(this, Host, props, propNames);
    checkHostId(this, id);
    if (props?.hostName !== undefined && props.hostName !== null) checkHostName(this, props.hostName);
    checkArgs(this, props ?? {});
    checkSystem(this, `host '${id}'`, this.system, propOf(this.position, ['system']));
    const moduleClass = isDarwin(String(this.system)) ? 'darwin' : 'nixos';
    checkPropValues(this, props, {
      stateVersion: moduleClass === 'darwin' ? darwinRelease : release,
      specialArgs: argumentsByName,
      extraSpecialArgs: argumentsByName,
    });
    this.module = new Module(this, moduleClass as HostClass<S>, (usable) => importFeature(this, usable));
    const outer = enclosing(scope, 'host');
    if (outer) {
      addError(this, {
        code: 'host-scope',
        message: `host '${id}' is inside host '${outer.name}'`,
        help: `make it in the flake: new Host(flake, '${id}', …)`,
      });
    } else if (!enclosing(scope, 'flake')) {
      addError(this, {
        code: 'flake-missing',
        message: `host '${id}' belongs to no flake`,
        help: `the root of the tree must be a Flake, not ${pathOf(this.node.root)}`,
      });
    }
  }

  /**
   * The host that a construct is, or is in; nothing if it is in none.
   *
   * @throws CdknixError `argument`
   */
  static of(construct: IConstruct): Host | undefined {
    checkConstruct('Host.of', construct);
    return enclosing(construct, 'host');
  }

  /** The host's name. */
  get name(): string {
    return this.node.id;
  }

  /** The host's final configuration, for references such as `host.config.networking.hostName`. */
  get config(): ConfigOf<HostClass<S>> {
    return this.module.config;
  }

  /**
   * Defines options of the host. Nix merges: several calls are several definitions.
   *
   * @throws CdknixError `argument-lost`
   */
  set(config: Configs[HostClass<S>]): this {
    refuseMore('set', arguments, 1);
    this.module.set(config);
    return this;
  }

  /**
   * Imports Nix modules, in this order: files by their path relative to the calling file, expressions such as an input's
   * module, or definitions that are to take a place of their own among the imports.
   */
  import(...modules: readonly Importable<HostClass<S>>[]): this {
    this.module.import(...modules);
    return this;
  }

  /**
   * Imports all modules of a list that only Nix knows: `importAll(args.mylib.scanPaths(path('./services')))`.
   *
   * @throws CdknixError `not-a-list-of-modules`, `argument-lost`
   */
  importAll(modules: Expr<List<unknown>>): this {
    refuseMore('importAll', arguments, 1);
    this.module.importAll(modules);
    return this;
  }

  /** Disables modules that others import (`disabledModules`), by their path in nixpkgs or as they are imported. */
  disable(...modules: readonly (string | Expr)[]): this {
    this.module.disable(...modules);
    return this;
  }

  /**
   * Whether the host uses a feature, or something above it or a user on it does. Known when the tree is complete.
   *
   * @param feature its class, or the function that it is
   * @throws CdknixError `not-a-feature`, `argument-lost`
   */
  uses(feature: FeatureKind): Expr<boolean> {
    refuseMore('uses', arguments, 1);
    checkFeatureKind(this, feature);
    return usesOf(this, feature);
  }

  /** Uses features on the host: their host parts, and their home parts in every home on it. */
  use(...features: readonly Usable[]): this {
    use(this, features);
    return this;
  }
}
