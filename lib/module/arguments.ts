import { failure, isCalledByEngine, userPosition } from '../diagnostics';
import { isExpr } from './expr';
import { quoted } from './quoted';

/** A kind of argument: what it takes, and what to write. */
interface Kind {
  readonly words: string;
  readonly help: string;
  takes(value: unknown): boolean;
}

const isText = (value: unknown) => typeof value === 'string';
const isObject = (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value);

/** What functions of the public face take. An expression may be of any kind, as far as JavaScript knows. */
const kinds = {
  expression: {
    words: 'a Nix expression',
    help: 'give it one, such as args.settings or pkgs; what is plain data is known in TypeScript already',
    takes: isExpr,
  },
  test: {
    words: 'a condition',
    help: 'write true or false, or an expression that Nix decides by, such as host.config.services.openssh.enable',
    takes: (value) => typeof value === 'boolean' || isExpr(value),
  },
  number: {
    words: 'a number',
    help: 'write a number',
    takes: (value) => typeof value === 'number' || isExpr(value),
  },
  text: {
    words: 'a text',
    help: 'write a string',
    takes: isText,
  },
  'text or expression': {
    words: 'a text',
    help: 'write a string, or an expression of one',
    takes: (value) => isText(value) || isExpr(value),
  },
  list: {
    words: 'a list',
    help: 'put what is meant in brackets: [ … ]',
    takes: (value) => Array.isArray(value) || isExpr(value),
  },
  object: {
    words: 'an object',
    help: 'write { … }',
    takes: (value) => isObject(value),
  },
  props: {
    words: 'an object of props',
    help: 'write { … }, with the props by their names',
    takes: (value) => value === undefined || (isObject(value) && !isExpr(value)),
  },
  function: {
    words: 'a function',
    help: 'write an arrow: () => …',
    takes: (value) => typeof value === 'function' && !isExpr(value),
  },
  type: {
    words: 'a type',
    help: 'give it one of types, such as types.str',
    takes: isExpr,
  },
  'function or expression': {
    words: 'a function',
    help: 'write (value) => …',
    takes: (value) => typeof value === 'function' || isExpr(value),
  },
  module: {
    words: 'a module, or a list of modules',
    help: 'write { options: { … } }, or a function that gives it: ({ name }) => ({ options: { … } })',
    takes: (value) => (typeof value === 'object' && value !== null) || typeof value === 'function',
  },
} satisfies Record<string, Kind>;

/** The name of a kind of argument. */
export type ArgumentKind = keyof typeof kinds;

/**
 * An argument of a function of the public face, if it is of the kind that it takes: code may run without types.
 *
 * @param call the function, as it is called
 * @throws CdknixError `argument`
 */
export function checkArgument(call: string, kind: ArgumentKind, value: unknown, help?: string): void {
  const { takes, words, help: usual } = kinds[kind];
  if (!takes(value)) throw wrongArgument(call, words, value, help ?? usual);
}

/** The error for an argument that a function does not take. */
export function wrongArgument(call: string, words: string, value: unknown, help: string): Error {
  return failure({
    code: 'argument',
    message: `${call} takes ${words}, not ${quoted(value)}`,
    position: userPosition(),
    help,
  });
}

/** What to write where JavaScript would drop an argument. */
const instead: Readonly<Record<string, string>> = {
  set: 'call set once for each, or put all of it into one object',
  declare: 'call declare once for each, or put all of it into one object',
  importAll: 'call importAll once for each list',
  mkIf: 'write cond(test, yes, no) to choose one of two values; a second definition needs a second mkIf(not(test), …)',
  mkMerge: 'put all of them into one list: mkMerge([…, …])',
  mkEnableOption: "write update(mkEnableOption('…'), { … }) for what else is said of it",
  either: 'write types.oneOf([…, …]) for more than two',
  enum: 'put all values into one list: types.enum([…, …])',
  oneOf: 'put all types into one list: types.oneOf([…, …])',
  path: 'join them: path(`${folder}/${name}`)',
  not: 'write not(or(…, …)), or and(not(…), not(…))',
  eq: 'write and(eq(a, b), eq(b, c))',
  add: 'it takes two: add(add(a, b), c)',
  mul: 'it takes two: mul(mul(a, b), c)',
  uses: 'ask for each: or(host.uses(A), host.uses(B))',
};

/**
 * Refuses what a function is given beyond its arguments: JavaScript would drop it without a word.
 *
 * @param given its `arguments`
 * @param taken how many it takes
 * @throws CdknixError `argument-lost`
 */
export function refuseMore(call: string, given: ArrayLike<unknown>, taken: number): void {
  if (given.length <= taken) return;
  const lost = Array.from(given)
    .slice(taken)
    .find((one) => one !== undefined);
  // `map` and its kin give an index and the list as well.
  if (lost === undefined || isCalledByEngine()) return;
  throw failure({
    code: 'argument-lost',
    message: `${call} takes no further argument, and was given ${quoted(lost)}`,
    position: userPosition(),
    help: instead[call] ?? 'leave it out',
  });
}
