import { Construct, type IConstruct, type IMixin } from 'constructs';
import { birthPosition, failure, type Position, userPosition } from '../diagnostics';
import { checkArgument, isExpr, Module, nextTurn, quoted, refuseMore, usesOf } from '../module';
import type { Expr } from '../options/values';
import { Account } from './account';
import { CREATE, definedFeature, type FeatureUse, featureUse, isFeatureUse, kebab } from './feature-use';
import { enclosing, KIND, type Kinds, TURN, WITHIN } from './kind';
import { checkFileName, freeId } from './names';
import { checkConstruct, pathOf } from './report';
import { checkFeatureKind, FILLED_BY } from './usage';

declare module './kind' {
  interface Kinds {
    feature: Feature;
  }
}

/** A feature class that can be used without props. */
export type FeatureClass = IMixin & (new (scope: Construct, id: string) => Feature);

/** A feature as a function: it is given the feature to fill, and its name names the files. */
export type FeatureFunction = (feature: Feature) => void;

// biome-ignore lint/suspicious/noExplicitAny: what a feature takes as props is its own business
type AnyFeature = abstract new (...args: any) => Feature;

/** What a feature is known by: its class, or the function that it is. */
export type FeatureKind = AnyFeature | FeatureFunction;

/** What `use` takes. */
export type Usable = FeatureClass | FeatureUse | FeatureFunction;

type Parts = { nixos?: Module<'nixos'>; darwin?: Module<'darwin'>; home?: Module<'home'>; account?: Account };

const FEATURE_CLASS = Symbol.for('cdknix.feature');

/**
 * One thing to configure, in all the places that it needs: the host, the account, the home.
 *
 * It serves what it is used on: a home, a host with all its homes, or (on the flake or a group) every host and home below.
 */
export class Feature extends Construct {
  readonly [KIND] = 'feature';
  /** Where the user made it. */
  readonly position: Position | undefined;
  readonly [TURN] = nextTurn();
  private parts?: Parts;
  /** @internal The function that fills it, if it is one. */
  [FILLED_BY]?: FeatureFunction;
  /** @internal The module that imports it, if one does. */
  [WITHIN]?: Module;
  /** Whether what it says depends on what else is used. */
  asks = false;

  /**
   * @param scope what the feature is for
   * @param id names the feature's files in the output
   * @throws CdknixError `id-taken`
   */
  constructor(scope: Construct, id: string) {
    super(scope, freeId('a feature', scope, id));
    this.position = birthPosition(this);
    checkFileName(this, id);
  }

  /** The part for the host, where it runs NixOS. */
  get nixos(): Module<'nixos'> {
    this.parts ??= {};
    this.parts.nixos ??= new Module(this, 'nixos', (usable, into) => importFeature(this, usable, into));
    return this.parts.nixos;
  }

  /** The part for the host, where it is a Mac. */
  get darwin(): Module<'darwin'> {
    this.parts ??= {};
    this.parts.darwin ??= new Module(this, 'darwin', (usable, into) => importFeature(this, usable, into));
    return this.parts.darwin;
  }

  /** The part for the home; used on a host, for every home on it. */
  get home(): Module<'home'> {
    this.parts ??= {};
    this.parts.home ??= new Module(this, 'home', (usable, into) => importFeature(this, usable, into));
    return this.parts.home;
  }

  /** The part for the user's account on the host. */
  get account(): Account {
    this.parts ??= {};
    this.parts.account ??= new Account();
    return this.parts.account;
  }

  /** The flake, for inputs, overlays and outputs that the feature needs. */
  get flake(): Kinds['flake'] {
    return enclosing(this, 'flake')!;
  }

  /**
   * The host that the feature is used on; `Host.of(feature)` where there need not be one.
   *
   * @throws CdknixError `feature-host` where it is used on several hosts or none
   */
  get host(): Kinds['host'] {
    return enclosing(this, 'host') ?? refuse(this, 'host');
  }

  /**
   * The home that the feature is used on; `HomeUser.of(feature)` where there need not be one.
   *
   * @throws CdknixError `feature-user` where it is used on a host or the flake
   */
  get user(): Kinds['user'] {
    return enclosing(this, 'user') ?? refuse(this, 'user');
  }

  /**
   * Whether what a part is for uses another feature: the host (or a user on it) in the parts for the host, each home in that
   * for the home, and what the feature is used on in that for accounts. Known when the tree is complete, so the order of
   * `use` does not matter; for conditions such as `mkIf(this.uses(Docker), { … })`.
   *
   * @param feature its class, or the function that it is
   * @throws CdknixError `not-a-feature`, `argument-lost`
   */
  uses(feature: FeatureKind): Expr<boolean> {
    refuseMore('uses', arguments, 1);
    checkFeatureKind(this, feature);
    this.asks = true;
    return usesOf(this, feature);
  }

  /** Uses other features as parts of this one. */
  use(...features: readonly Usable[]): this {
    use(this, features);
    return this;
  }

  /** The parts that have been asked for, for synth. */
  get declared(): Parts {
    return this.parts ?? {};
  }

  /** @internal Marks feature classes across copies of the package. */
  static readonly [FEATURE_CLASS] = true;

  /**
   * This feature with props, to be given to `use`.
   *
   * @param id names the feature's files in the output; by default the class' name in kebab case
   * @throws CdknixError `argument`, `argument-lost`
   */
  static with<C extends AnyFeatureClass>(this: C, props: PropsOf<C>, id?: string): FeatureUse {
    if (id !== undefined) checkArgument(`${this.name}.with`, 'text', id);
    refuseMore(`${this.name}.with`, arguments, 2);
    return featureUse(this, props, id);
  }

  /**
   * A feature by a function, with an id: for functions with parameters that return what `use` takes.
   *
   * @param id names the feature's files in the output
   * @param fill is given the feature
   * @throws CdknixError `argument`, `argument-lost`
   */
  static define(id: string, fill: FeatureFunction): FeatureUse {
    checkArgument('Feature.define', 'text', id);
    checkArgument('Feature.define', 'function', fill, "write Feature.define('name', (feature) => { … })");
    refuseMore('Feature.define', arguments, 2);
    return definedFeature(Feature, id, fill);
  }

  /** Whether `construct.with(…)` may apply this class (the mixin protocol of `constructs`). */
  static supports(construct: IConstruct): boolean {
    checkConstruct('supports', construct);
    return featureUse(this).supports(construct);
  }

  /** Uses this class on a construct (the mixin protocol of `constructs`). */
  static applyTo(construct: IConstruct): void {
    checkConstruct('applyTo', construct);
    featureUse(this).applyTo(construct);
  }
}

// biome-ignore lint/suspicious/noExplicitAny: the constructor's own parameters decide
type AnyFeatureClass = new (scope: any, id: any, props: any) => Feature;

type PropsOf<C extends AnyFeatureClass> = NonNullable<ConstructorParameters<C>[2]>;

/** What to use in the place of one host or home, where a feature serves several. */
const instead = {
  host: 'refer to the configuration of whichever host the part is for: this.nixos.config, this.darwin.config; Host.of(this) is undefined here',
  user: 'refer to the configuration of whichever home the part is for: this.home.config; HomeUser.of(this) is undefined here',
} as const;

function refuse(feature: Feature, kind: 'host' | 'user'): never {
  const scope = feature.node.scope && pathOf(feature.node.scope);
  throw failure({
    code: `feature-${kind}`,
    message: `the feature '${feature.node.id}' is used on ${scope}, so it has no ${kind} of its own`,
    path: pathOf(feature),
    position: userPosition(),
    help: instead[kind],
  });
}

/**
 * Uses features on a construct, in order.
 *
 * @throws CdknixError `id-taken`, `feature-cycle`, `feature-unnamed`, `not-a-feature`
 */
export function use(scope: Construct, features: readonly Usable[]): void {
  for (const feature of features) made(scope, feature);
}

/** Makes a feature in a scope. */
function made(scope: Construct, feature: Usable): Feature {
  if (isFeatureUse(feature)) return feature[CREATE](scope);
  if (typeof feature !== 'function' || isExpr(feature) || isOtherClass(feature)) throw notAFeature(scope, feature);
  if (FEATURE_CLASS in feature) return featureUse(feature as FeatureClass)[CREATE](scope);
  return filled(new Feature(scope, nameOf(scope, feature as FeatureFunction)), feature as FeatureFunction);
}

function filled(feature: Feature, by: FeatureFunction): Feature {
  feature[FILLED_BY] = by;
  by(feature);
  return feature;
}

/** Makes a feature whose module of one kind is imported by that of another feature. */
export function importFeature(scope: Construct, usable: object, into?: Module): boolean {
  if (typeof usable !== 'function' && !isFeatureUse(usable)) return false;
  const feature = made(scope, usable as Usable);
  if (into) feature[WITHIN] = into;
  return true;
}

function nameOf(scope: Construct, feature: FeatureFunction): string {
  if (feature.name) return kebab(feature.name);
  throw failure({
    code: 'feature-unnamed',
    message: 'a function without a name was used as a feature',
    path: pathOf(scope),
    position: userPosition(),
    help: 'give the function a name: the files of the feature are named by it',
  });
}

function isOtherClass(value: object): boolean {
  return !(FEATURE_CLASS in value) && /^class\b/.test(Function.prototype.toString.call(value));
}

function notAFeature(scope: Construct, value: unknown): Error {
  return failure({
    code: 'not-a-feature',
    message: `${typeof value === 'function' && !isExpr(value) ? value.name : quoted(value)} is not a feature`,
    path: pathOf(scope),
    position: userPosition(),
    help: 'give it a feature class, Feature.with(props), or a named function that takes a feature; modules are for import(…)',
  });
}
