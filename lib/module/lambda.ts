import { type Ident, isVariable, type Lambda, NixValueError, type Expr as Node, type ValuePath } from '../nix';
import type { Arrow, NixFunction } from './expr';
import { type Parameter, ParameterError, parametersOf } from './parameters';
import { refOf } from './ref';

const known = new WeakMap<NixFunction, Node>();

/**
 * The lambda of a function. Its variables are named by `distinctNames`.
 *
 * @param toNode the tree of a value
 * @throws NixValueError for functions that Nix has no counterpart of, and for what it cannot hold of the result
 */
export function lambdaOf({ fn, path }: Arrow, toNode: (value: unknown) => Node): Node {
  const before = known.get(fn);
  if (before) return before;
  const parameters = readParameters(fn, path);
  const inner = parameters.map(binding);
  const result: unknown = fn(...(inner.map((one) => one.argument) as never[]));
  refuseResult(result, fn, path);
  const body = toNode(result);
  const lambda = inner.reduceRight<Node>((body, { frame }) => ({ ...frame, body }), body);
  known.set(fn, lambda);
  return lambda;
}

function readParameters(fn: NixFunction, path: ValuePath): Parameter[] {
  try {
    const parameters = parametersOf(fn);
    if (parameters.length) return parameters;
    throw new ParameterError('it takes no argument, and every function of Nix takes one');
  } catch (error) {
    if (!(error instanceof ParameterError)) throw error;
    throw new NixValueError('function', path, called(fn), error.message);
  }
}

/** A lambda without its body, and what JavaScript is given for its argument. */
function binding(parameter: Parameter): { readonly frame: Omit<Lambda, 'body'>; readonly argument: unknown } {
  if (typeof parameter === 'string') {
    const ident = variable(parameter);
    return { frame: { kind: 'lambda', param: ident.name, binder: ident.binder! }, argument: refOf(ident) };
  }
  const formals = parameter.map(({ name }) => ({ name, binder: {} }));
  const argument = Object.fromEntries(
    formals.map(({ name, binder }) => [name, refOf({ kind: 'ident', name, binder })]),
  );
  return { frame: { kind: 'lambda', pattern: { formals, ellipsis: true } }, argument };
}

function variable(name: string): Ident {
  const spelt = name.replace(/[^A-Za-z0-9_]/g, '_');
  return { kind: 'ident', name: isVariable(spelt) ? spelt : `${spelt.replace(/^_+/, '')}_`, binder: {} };
}

function refuseResult(result: unknown, fn: NixFunction, path: ValuePath): void {
  if (result === undefined) {
    throw new NixValueError('undefined', path, `what ${called(fn)} returns`, 'it returns nothing');
  }
  if (result instanceof Promise) {
    throw new NixValueError('promise', path, `what ${called(fn)} returns`, 'it is a promise, and Nix does not wait');
  }
}

const called = ({ name }: NixFunction) => (name === '' ? 'the function' : `the function '${name}'`);
