import { Construct, type IConstruct } from 'constructs';

const EXPORTS = Symbol.for('cdknix.exports');

/** The features that a flake offers to others: they serve nothing here. */
export class Exports extends Construct {
  readonly [EXPORTS] = true;
}

/** Whether a construct holds the features that a flake offers to others. */
export function isExports(construct: IConstruct): boolean {
  return EXPORTS in construct;
}
