import { accepts } from './accepts';
import type { Surroundings } from './check';
import { formOf, isOpen, type Members, Property, type Shape, shapeOf } from './shape';
import { isOption, memberOf, type OptionTree, type OptionType } from './type';

/** Options that a submodule cannot do without, and that nobody defines. */
export interface Missing {
  /** The submodule, by the names and indices on the way to it. */
  readonly option: readonly (string | number)[];
  /** The names below it of each option that is missing. */
  readonly parts: readonly (readonly string[])[];
}

/**
 * What nobody defines in the submodules that some definitions make.
 *
 * @param values all definitions of one configuration, each as `set` takes it; what is not known of one counts as defining
 *   everything. Modules that are not among them may define the missing parts as well
 */
export function missingParts(values: readonly unknown[], options: OptionTree, surroundings: Surroundings): Missing[] {
  const walk: Walk = { ...surroundings, missing: [], option: [] };
  inGroup(walk, values, options);
  return walk.missing;
}

interface Walk extends Surroundings {
  readonly missing: Missing[];
  readonly option: (string | number)[];
}

/** Deeper than options are. */
const deepest = 100;

/** The sets that values are, without the properties around them; `undefined` if one of them may be anything. */
function setsOf(walk: Walk, values: readonly unknown[]): Members[] | undefined {
  const sets: Members[] = [];
  for (const value of values) {
    for (const shape of shapesOf(walk, value)) {
      const form = formOf(shape);
      if (form !== 'set' || isOpen(shape as Members)) return undefined;
      sets.push(shape as Members);
    }
  }
  return sets;
}

function shapesOf(walk: Walk, value: unknown, depth = 0): Shape[] {
  let shape = shapeOf(value, walk.fill);
  while (shape instanceof Property && shape.form !== 'merge') {
    if (shape.form === 'if' && shape.argument === false) return [];
    shape = shapeOf(shape.content, walk.fill);
  }
  if (!(shape instanceof Property)) return shape === undefined ? [] : [shape];
  const contents = depth < deepest ? shapeOf(shape.content, walk.fill) : undefined;
  // A merge of what is not known may define anything.
  return Array.isArray(contents) ? contents.flatMap((one) => shapesOf(walk, one, depth + 1)) : [shape];
}

/** What the sets say of each name. */
function byName(sets: readonly Members[]): Map<string, unknown[]> {
  const values = new Map<string, unknown[]>();
  for (const set of sets) {
    for (const name of Object.keys(set)) {
      if (set[name] === undefined) continue;
      const others = values.get(name);
      if (others) others.push(set[name]);
      else values.set(name, [set[name]]);
    }
  }
  return values;
}

function inGroup(walk: Walk, values: readonly unknown[], options: OptionTree): void {
  const sets = setsOf(walk, values);
  if (sets === undefined || walk.option.length > deepest) return;
  for (const [name, inner] of byName(sets)) {
    const member = memberOf(options, name);
    if (member === undefined) continue;
    walk.option.push(name);
    if (!isOption(member)) inGroup(walk, inner, member);
    else if (hasRequired(member[0])) inType(walk, inner, member[0]);
    walk.option.pop();
  }
}

function inType(walk: Walk, values: readonly unknown[], type: OptionType): void {
  if (typeof type === 'string' || walk.option.length > deepest) return;
  switch (type.kind) {
    case 'attrsOf':
      for (const [name, inner] of byName(setsOf(walk, values) ?? [])) {
        walk.option.push(name);
        inType(walk, inner, type.of);
        walk.option.pop();
      }
      break;
    case 'listOf':
      inList(walk, values, type.of);
      break;
    case 'nullOr':
    case 'unique':
      inType(walk, values, type.of);
      break;
    case 'coercedTo':
      if (allRejected(walk, values, type.from)) inType(walk, values, type.to);
      break;
    case 'submodule':
      inSubmodule(walk, values, type.options);
      break;
  }
}

function allRejected(walk: Walk, values: readonly unknown[], type: OptionType): boolean {
  return values.every((value) => shapesOf(walk, value).every((shape) => accepts(type, shape) === false));
}

function inList(walk: Walk, values: readonly unknown[], type: OptionType): void {
  for (const value of values) {
    for (const shape of shapesOf(walk, value)) {
      if (!Array.isArray(shape)) continue;
      for (const [index, element] of shape.entries()) {
        walk.option.push(index);
        inType(walk, [element], type);
        walk.option.pop();
      }
    }
  }
}

/** Names that make a set more than the definitions that it shows. */
const more = ['_module', 'config', 'imports', 'options'];

function inSubmodule(walk: Walk, values: readonly unknown[], options: OptionTree): void {
  const sets = setsOf(walk, values);
  if (!sets?.length) return;
  if (sets.some((set) => more.some((name) => Object.hasOwn(set, name) && memberOf(options, name) === undefined)))
    return;
  const parts: string[][] = [];
  collect(walk, sets, options, [], parts);
  if (parts.length) walk.missing.push({ option: [...walk.option], parts });
  inGroup(walk, sets, options);
}

/** Adds the required options of a group that no set defines. */
function collect(
  walk: Walk,
  sets: readonly Members[],
  options: OptionTree,
  path: readonly string[],
  parts: string[][],
): void {
  const defined = byName(sets);
  for (const name of Object.keys(options)) {
    const member = options[name]!;
    const here = [...path, name];
    if (isOption(member)) {
      if (member[1]?.required && !defined.has(name)) parts.push(here);
    } else {
      const inner = setsOf(walk, defined.get(name) ?? []);
      if (inner) collect(walk, inner, member, here, parts);
    }
  }
}

const required = new WeakMap<object, boolean>();

/** Whether something in values of a type is required. */
function hasRequired(type: OptionType): boolean {
  if (typeof type === 'string') return false;
  let answer = required.get(type);
  if (answer === undefined) {
    answer = 'of' in type ? [type.of].flat().some(hasRequired) : false;
    if (type.kind === 'coercedTo') answer = hasRequired(type.to);
    if (type.kind === 'submodule') answer = groupHasRequired(type.options);
    required.set(type, answer);
  }
  return answer;
}

function groupHasRequired(options: OptionTree): boolean {
  return Object.values(options).some((member) =>
    isOption(member) ? member[1]?.required === true || hasRequired(member[0]) : groupHasRequired(member),
  );
}
