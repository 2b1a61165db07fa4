import { Construct, type IConstruct } from 'constructs';
import { birthPosition, type Place, type Position, propOf } from '../diagnostics';
import { type ConfigOf, checkArgument, type Importable, Module, quoted, refuseMore, usesOf } from '../module';
import type { Configs } from '../options/config';
import type { Expr, List } from '../options/values';
import { Account } from './account';
import { type FeatureKind, importFeature, type Usable, use } from './feature';
import { enclosing, KIND } from './kind';
import { checkArgs, checkSystem, checkUserName, freeId, isDarwin, namesIn, type System } from './names';
import { argumentsByName, boolean, checkPropValues, folder, release, standalone } from './prop-values';
import { checkProps, type PropNames } from './props';
import { addError, checkConstruct } from './report';
import { checkFeatureKind } from './usage';

declare module './kind' {
  interface Kinds {
    user: HomeUser;
  }
}

export interface HomeUserProps {
  /**
   * The platform of a home that is not on a host.
   * @default the host's
   */
  readonly system?: System | undefined;
  /**
   * Whether a home on a host is also a `homeConfigurations` entry (`marcus@elitebook`), to switch without root; `'only'`
   * if it is that alone, and not part of the host's system.
   * @default false
   */
  readonly standalone?: boolean | 'only' | undefined;
  /**
   * The release that the home was first made with.
   * @default the flake's, at the first synth; pinned from then on
   */
  readonly stateVersion?: string | undefined;
  /**
   * Where the home folder is.
   * @default `/home/<name>` on Linux, `/Users/<name>` on macOS, and root's own
   */
  readonly homeDirectory?: string | undefined;
  /**
   * Groups that the account is in (NixOS).
   * @default none
   */
  readonly groups?: readonly string[] | undefined;
  /**
   * Whether the host's configuration declares the account (`users.users.<name>`).
   * @default true
   */
  readonly account?: boolean | undefined;
  /**
   * Arguments for the home's modules where it is standalone, beside `inputs`.
   * @default the flake's
   */
  readonly extraSpecialArgs?: Readonly<Record<string, unknown>> | undefined;
}

const propNames: PropNames<HomeUserProps> = {
  system: true,
  standalone: true,
  stateVersion: true,
  homeDirectory: true,
  groups: true,
  account: true,
  extraSpecialArgs: true,
};

/**
 * A user's home, by Home Manager: under a host a module of that host, under the flake a standalone home.
 * Its id is the user's name.
 */
export class HomeUser extends Construct {
  readonly [KIND] = 'user';
  /** Where the user made it. */
  readonly position: Position | undefined;
  /** What the home itself defines. */
  readonly module: Module<'home'>;
  /** The account on the host. */
  readonly account = new Account();

  /**
   * @param scope a host, or the flake
   * @param id the user's name
   * @throws CdknixError `id-taken`, `argument`, `argument-lost`
   */
  constructor(
    scope: Construct,
    id: string,
    readonly props: HomeUserProps = {},
  ) {
    super(scope, freeId('a user', scope, id));
    checkArgument('new HomeUser', 'props', props);
    refuseMore('new HomeUser', arguments, 3);
    this.position = birthPosition(this);
    this.module = new Module(this, 'home', (usable) => importFeature(this, usable));
    checkProps(this, HomeUser, props, propNames);
    checkPropValues(this, props, {
      standalone,
      stateVersion: release,
      homeDirectory: folder,
      account: boolean,
      extraSpecialArgs: argumentsByName,
    });
    checkArgs(this, props);
    if (props.groups !== undefined) {
      const positionOf = (place: Place) => propOf(this.position, ['groups', ...place]);
      this.account.addGroups(...namesIn('groups', props.groups, positionOf));
    }
    checkUserName(this, id);
    this.checkScope(scope);
  }

  /**
   * The home that a construct is, or is in; nothing if it is in none.
   *
   * @throws CdknixError `argument`
   */
  static of(construct: IConstruct): HomeUser | undefined {
    checkConstruct('HomeUser.of', construct);
    return enclosing(construct, 'user');
  }

  /** The user's name. */
  get name(): string {
    return this.node.id;
  }

  /** The platform. */
  get system(): System {
    return enclosing(this, 'host')?.system ?? this.props.system!;
  }

  /** Where the home folder is. */
  get homeDirectory(): string {
    if (typeof this.props.homeDirectory === 'string' && this.props.homeDirectory) return this.props.homeDirectory;
    const darwin = isDarwin(String(this.system));
    if (this.name === 'root') return darwin ? '/var/root' : '/root';
    return `${darwin ? '/Users' : '/home'}/${this.name}`;
  }

  /** The home's final configuration, for references such as `user.config.programs.git.package`. */
  get config(): ConfigOf<'home'> {
    return this.module.config;
  }

  /**
   * Defines options of the home. Nix merges: several calls are several definitions.
   *
   * @throws CdknixError `argument-lost`
   */
  set(config: Configs['home']): this {
    refuseMore('set', arguments, 1);
    this.module.set(config);
    return this;
  }

  /** Imports Home Manager modules: files by their path relative to the calling file, or expressions. */
  import(...modules: readonly Importable<'home'>[]): this {
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

  /**
   * Whether the home uses a feature, or its host or something above that does. Known when the tree is complete.
   *
   * @param feature its class, or the function that it is
   * @throws CdknixError `not-a-feature`, `argument-lost`
   */
  uses(feature: FeatureKind): Expr<boolean> {
    refuseMore('uses', arguments, 1);
    checkFeatureKind(this, feature);
    return usesOf(this, feature);
  }

  /** Uses features for this user: their home parts here, their host and account parts on the host. */
  use(...features: readonly Usable[]): this {
    use(this, features);
    return this;
  }

  private checkScope(scope: Construct): void {
    const host = enclosing(scope, 'host');
    const outer = enclosing(scope, 'user');
    if (outer) {
      addError(this, {
        code: 'user-scope',
        message: `user '${this.name}' is inside user '${outer.name}'`,
        help: `make it in the host or in the flake: new HomeUser(host, '${this.name}')`,
      });
    } else if (!host) {
      checkSystem(this, `the standalone home of '${this.name}'`, this.props.system, propOf(this.position, ['system']));
    } else if (this.props.system && this.props.system !== host.system) {
      addError(this, {
        code: 'user-system',
        position: propOf(this.position, ['system']),
        message: `user '${this.name}' has the system ${quoted(this.props.system)} on host '${host.name}', which has '${host.system}'`,
        help: 'leave system out: a home on a host has its platform',
      });
    }
  }
}
