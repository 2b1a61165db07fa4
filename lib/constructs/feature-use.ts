import type { Construct, IConstruct, IMixin } from 'constructs';
import { failure, userPosition } from '../diagnostics';
import { type Kinds, kindOf } from './kind';

import { freeId } from './names';
import { pathOf } from './report';

type Feature = Kinds['feature'];

// biome-ignore lint/suspicious/noExplicitAny: what a feature takes as props is its own business
type FeatureConstructor = new (scope: any, id: any, props?: any) => Feature;

/** Makes the feature in a scope. */
export const CREATE: unique symbol = Symbol.for('cdknix.create') as never;

/** A feature class together with its props: what `use` and, by the mixin protocol of `constructs`, `with` take. */
export interface FeatureUse extends IMixin {
  readonly [CREATE]: (scope: Construct) => Feature;
}

/**
 * A feature class with its props.
 *
 * @param id names the feature's files; by default the class' name in kebab case
 */
export function featureUse(feature: FeatureConstructor, props?: unknown, id = kebab(feature.name)): FeatureUse {
  const create = (scope: Construct) => {
    refuseCycle(scope, feature);
    const own = freeId('a feature', scope, id);
    try {
      return new feature(scope, own, props);
    } catch (error) {
      throw takesProps(feature, props) && error instanceof TypeError ? propsMissing(scope, feature, error) : error;
    }
  };
  return {
    [CREATE]: create,
    supports: (construct) => kindOf(construct) !== undefined && kindOf(construct) !== 'feature',
    applyTo: (construct) => {
      // `construct.with(…)` goes through everything below, which a feature of what is above serves already.
      if (!isServed(construct, feature, id)) create(construct as Construct);
    },
  };
}

/**
 * A feature by a function that fills it, with an id of its own: what a function with parameters returns for `use`.
 *
 * @param id names the feature's files in the output
 */
export function definedFeature(feature: FeatureConstructor, id: string, fill: (feature: never) => void): FeatureUse {
  const create = (scope: Construct) => {
    const made = new feature(scope, freeId('a feature', scope, id));
    fill(made as never);
    return made;
  };
  return {
    [CREATE]: create,
    supports: (construct) => kindOf(construct) !== undefined && kindOf(construct) !== 'feature',
    applyTo: (construct) => {
      create(construct as Construct);
    },
  };
}

function isServed(construct: IConstruct, feature: FeatureConstructor, id: string): boolean {
  for (let at = construct.node.scope; at; at = at.node.scope) {
    if (at.node.tryFindChild(id)?.constructor === feature) return true;
  }
  return false;
}

/** Whether a value is a feature class together with its props. */
export function isFeatureUse(value: unknown): value is FeatureUse {
  return typeof value === 'object' && value !== null && CREATE in value;
}

/** A class or function name as files are named: `OpenSsh` becomes `open-ssh`. */
export function kebab(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1-$2')
    .replace(/[_$]+/g, '-')
    .toLowerCase();
}

/** Whether a feature may be in want of props: its constructor has a place for them, and there are none. */
const takesProps = (feature: FeatureConstructor, props: unknown) => props === undefined && feature.length > 2;

function propsMissing(scope: Construct, { name }: FeatureConstructor, error: TypeError): Error {
  return failure({
    code: 'feature-props',
    message: `the feature ${name} takes props, was given none, and fails without: ${error.message}`,
    path: pathOf(scope),
    position: userPosition(),
    help: `give it props: ${name}.with({ … })`,
  });
}

function refuseCycle(scope: Construct, feature: FeatureConstructor): void {
  const chain: IConstruct[] = [];
  for (let at: IConstruct | undefined = scope; at && kindOf(at) === 'feature'; at = at.node.scope) {
    chain.unshift(at);
    if (at.constructor !== feature) continue;
    const names = [...chain.map((one) => one.constructor.name), feature.name];
    throw failure({
      code: 'feature-cycle',
      message: `the feature ${feature.name} uses itself: ${names.join(' → ')}`,
      path: pathOf(scope),
      position: userPosition(),
      help: 'take what both need into a feature of its own',
    });
  }
}
