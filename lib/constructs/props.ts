import type { IConstruct } from 'constructs';
import { type Position, propOf, userPosition } from '../diagnostics';
import { checkArgument } from '../module';
import { nearestNames } from '../options/nearest';
import { oneOf } from '../options/show-value';
import { addWarning, checkConstruct } from './report';

/** The names of all props of a type: the compiler finds one that is missing or misspelt. */
export type PropNames<Props> = { readonly [Name in keyof Required<NonNullable<Props>>]: true };

/** Props as JavaScript may have given them. */
type Given = object | undefined;

/**
 * Warns of props that a construct does not take: synth runs without types. A subclass may hand on props of its own, so only
 * instances of the class itself are looked at.
 *
 * @param construct the construct, in its constructor
 * @param ofClass the class that takes the props
 * @param names all props that it takes
 * @throws CdknixError `argument`
 */
export function checkProps<Props>(
  construct: IConstruct & { readonly position?: Position | undefined },
  ofClass: { readonly prototype: object; readonly name: string },
  props: Given,
  names: PropNames<Props>,
): void {
  checkConstruct('checkProps', construct);
  checkArgument('checkProps', 'object', names);
  if (Object.getPrototypeOf(construct) !== ofClass?.prototype) return;
  checkNames(construct, ofClass.name, props, names, construct.position);
}

/**
 * Warns of members that an argument, or a part of props, does not take.
 *
 * @param what who takes them, for the message
 */
export function checkNames<Props>(
  construct: IConstruct,
  what: string,
  props: Given,
  names: PropNames<Props>,
  position = userPosition(),
): void {
  if (typeof props !== 'object' || props === null) return;
  const known = Object.keys(names);
  for (const name of Object.keys(props)) {
    if (Object.hasOwn(names, name)) continue;
    const near = nearestNames(name, known);
    addWarning(construct, {
      code: 'prop-unknown',
      message: `${what} takes no '${name}'`,
      position: propOf(position, [name]),
      help: near.length ? `did you mean ${oneOf(near)}?` : `it takes ${known.join(', ')}`,
    });
  }
}
