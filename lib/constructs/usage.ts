import type { Construct, IConstruct } from 'constructs';
import { failure, userPosition } from '../diagnostics';
import { isExpr, quoted } from '../module';
import { getOrInsert } from '../synth/get-or-insert';
import { enclosing, isKind } from './kind';
import { pathOf } from './report';

/** Holds the function that fills a feature. */
export const FILLED_BY: unique symbol = Symbol.for('cdknix.filledBy') as never;

/**
 * Answers whether a host or home uses a feature: one that is made for it, in something above it, or, for a host, for a user
 * on it.
 */
export function usageIn(root: IConstruct): (subject: IConstruct, feature: object) => boolean {
  const known = new Map<object, Scopes>();
  return (subject, feature) => {
    const { scopes, hosts } = getOrInsert(known, feature, () => scopesUsing(root, feature));
    if (hosts.has(subject)) return true;
    for (let at: IConstruct | undefined = subject; at; at = at.node.scope) if (scopes.has(at)) return true;
    return false;
  };
}

interface Scopes {
  /** What the feature is made in, features that it is part of left out. */
  readonly scopes: ReadonlySet<IConstruct>;
  /** The hosts of these, where they are on one. */
  readonly hosts: ReadonlySet<IConstruct>;
}

function scopesUsing(root: IConstruct, feature: object): Scopes {
  const scopes = new Set<IConstruct>();
  const hosts = new Set<IConstruct>();
  for (const construct of root.node.findAll()) {
    if (!isKind(construct, 'feature') || !isOfKind(construct, feature)) continue;
    let scope = construct.node.scope;
    while (scope && isKind(scope, 'feature')) scope = scope.node.scope;
    const host = enclosing(scope, 'host');
    if (scope) scopes.add(scope);
    if (host) hosts.add(host);
  }
  return { scopes, hosts };
}

function isOfKind(construct: IConstruct, feature: object): boolean {
  if ((construct as { [FILLED_BY]?: object })[FILLED_BY] === feature) return true;
  const { prototype } = feature as { prototype?: object };
  return prototype !== undefined && Object.prototype.isPrototypeOf.call(prototype, construct);
}

/** @throws CdknixError `not-a-feature` for what no feature can be known by */
export function checkFeatureKind(asking: Construct, feature: unknown): void {
  if (typeof feature === 'function' && !isExpr(feature)) return;
  throw failure({
    code: 'not-a-feature',
    message: `uses was given ${quoted(feature)}`,
    path: pathOf(asking),
    position: userPosition(),
    help: 'give it the class of a feature, or the function that the feature is',
  });
}
