import { exprOf } from '../../nix';
import { accepts } from '../accepts';
import { nearestNames } from '../nearest';
import { formOf, Opaque, type Shape } from '../shape';
import { oneOf } from '../show-value';
import { kindOf, memberOf, type OptionType } from '../type';

/** What to write instead of a value that a type does not take. */
export function hintFor(type: OptionType, shape: Shape): string | undefined {
  const types = alternatives(type);
  const hints = [nullHint, wrappedHint, textHint, numberHint, booleanHint, pathHint, setHint, listHint];
  for (const hint of hints) {
    const text = hint(types, shape);
    if (text !== undefined) return text;
  }
  return undefined;
}

/** Whether one of the alternatives takes values of this form, only not this one. */
export function isOutOfRange(type: OptionType, shape: Shape): boolean {
  const form = formOf(shape);
  return alternatives(type).some((one) => {
    if (typeof one === 'string') return one === 'path' && form === 'str';
    switch (one.kind) {
      case 'int':
      case 'float':
        return form === one.kind;
      case 'number':
        return form === 'int' || form === 'float';
      case 'str':
        return form === 'str' || form === 'text';
      case 'path':
        return form === 'str' || form === 'path';
      case 'enum':
        return typeof shape !== 'object' && one.values.some((value) => typeof value === typeof shape);
      case 'listOf':
        return form === 'list';
      case 'attrTag':
        return form === 'set';
      default:
        return false;
    }
  });
}

type Alternatives = readonly OptionType[];

/** The types that a value may be of, without those that are made of others. */
export function alternatives(type: OptionType): OptionType[] {
  if (typeof type === 'string') return [type];
  switch (type.kind) {
    case 'nullOr':
    case 'unique':
      return alternatives(type.of);
    case 'either':
      return type.of.flatMap(alternatives);
    case 'coercedTo':
      return [...alternatives(type.to), ...alternatives(type.from)];
    default:
      return [type];
  }
}

function has(types: Alternatives, ...kinds: readonly string[]): boolean {
  return types.some((type) => kinds.includes(kindOf(type)));
}

function nullHint(_: Alternatives, shape: Shape): string | undefined {
  return shape === null ? 'leave it out; null is a value of its own in Nix' : undefined;
}

/** One value where a list of such is wanted, or a list of one where the value is. */
function wrappedHint(types: Alternatives, shape: Shape): string | undefined {
  if (Array.isArray(shape)) {
    if (shape.length !== 1) return undefined;
    const [only] = shape;
    if (exprOf(only)) return 'write it without the brackets; a list within a list is spread: ...list';
    const isPlain = only !== undefined && Object(only) !== only;
    return isPlain && types.some((type) => accepts(type, only as Shape))
      ? `write ${literal(only)} without the brackets`
      : undefined;
  }
  const list = types.some((type) => {
    return typeof type !== 'string' && type.kind === 'listOf' && accepts(type.of, shape) !== false;
  });
  if (!list) return undefined;
  return isShort(shape) ? `write [${literal(shape)}]` : 'put it in a list: [ … ]';
}

function textHint(types: Alternatives, shape: Shape): string | undefined {
  if (typeof shape !== 'string') return undefined;
  if (has(types, 'bool')) {
    if (shape === 'true' || shape === 'false') return `write ${shape} without the quotes`;
    if (/^(?:yes|on|enabled?|1)$/i.test(shape)) return 'write true';
    if (/^(?:no|off|disabled?|0)$/i.test(shape)) return 'write false';
  }
  if (/^-?\d{1,15}$/.test(shape) && has(types, 'int', 'number')) return `write ${shape} without the quotes`;
  if (/^-?\d{1,15}\.\d+$/.test(shape) && has(types, 'float', 'number')) return `write ${shape} without the quotes`;
  const values = enumerated(types);
  if (values.length) {
    const strings = values.filter((value) => typeof value === 'string');
    const near = nearestNames(shape, strings);
    if (near.length) return `did you mean ${oneOf(near.map(literal))}?`;
    return choice(values);
  }
  if (has(types, 'package'))
    return `write pkgs.${/^[A-Za-z_][\w-]*$/.test(shape) && shape.length < 40 ? shape : '<name>'}`;
  return formHint(types);
}

/** What a text must look like, where there is but one kind of text. */
function formHint(types: Alternatives): string | undefined {
  const [only, ...others] = types.filter((type) => kindOf(type) === 'str');
  if (typeof only !== 'object' || only.kind !== 'str' || others.length) return undefined;
  if (only.pattern !== undefined) return 'write a text that the pattern matches from its start to its end';
  if (only.form === 'nonEmpty') return 'write a text that is not blank';
  if (only.form === 'singleLine') return 'write a single line';
  return only.form === 'passwdEntry' ? 'write it without colons and line breaks' : undefined;
}

function numberHint(types: Alternatives, shape: Shape): string | undefined {
  const form = formOf(shape);
  if (form !== 'int' && form !== 'float') return undefined;
  if ((shape === 0 || shape === 1) && has(types, 'bool') && !has(types, 'str')) return `write ${shape === 1}`;
  if (form === 'int' && has(types, 'float')) return `write float(${shape})`;
  if (form === 'float' && shape instanceof Opaque && has(types, 'int')) return 'write it without float(…)';
  for (const type of types) {
    if (typeof type === 'string') continue;
    if (
      (type.kind === 'int' || type.kind === 'float' || type.kind === 'number') &&
      (form === type.kind || type.kind === 'number')
    ) {
      return range(type);
    }
  }
  if (form === 'float' && has(types, 'int')) return 'write a whole number';
  const values = enumerated(types);
  if (values.includes(String(shape))) return `write ${literal(String(shape))}`;
  if (values.length) return choice(values);
  return has(types, 'str') && !(shape instanceof Opaque) ? `write ${literal(String(shape))}` : undefined;
}

function range({ kind, min, max }: { kind: string; min?: number; max?: number }): string {
  const what = kind === 'int' ? 'a whole number' : 'a number';
  if (min !== undefined && max !== undefined) return `write ${what} from ${min} to ${max}`;
  return min === undefined ? `write ${what} of at most ${max}` : `write ${what} of at least ${min}`;
}

function booleanHint(types: Alternatives, shape: Shape): string | undefined {
  if (typeof shape !== 'boolean') return undefined;
  const values = enumerated(types);
  const word = (shape ? ['yes', 'on', 'true', 'always'] : ['no', 'off', 'false', 'never']).find((one) =>
    values.includes(one),
  );
  if (word) return `write ${literal(word)}`;
  if (values.length) return choice(values);
  if (has(types, 'int', 'number')) return `write ${Number(shape)}`;
  for (const type of types) {
    if (typeof type !== 'string' && type.kind === 'submodule' && memberOf(type.options, 'enable')) {
      return `write { enable: ${shape} }`;
    }
  }
  return has(types, 'str') ? `write ${literal(String(shape))}` : undefined;
}

function pathHint(types: Alternatives, shape: Shape): string | undefined {
  if (typeof shape === 'string' && has(types, 'path')) {
    if (/^\.\.?\//.test(shape)) return `write path(${literal(shape)}), which copies the file, or an absolute path`;
    return "write an absolute path, or path('./…') for a file of the project";
  }
  if (formOf(shape) !== 'path') return undefined;
  return has(types, 'str') ? "write str`${path('./…')}` to have the path as a string" : undefined;
}

function setHint(types: Alternatives, shape: Shape): string | undefined {
  for (const type of types) {
    if (typeof type === 'string' || type.kind !== 'attrTag') continue;
    return `write exactly one of ${oneOf(Object.keys(type.options).slice(0, 8))}`;
  }
  if (formOf(shape) === 'set') return undefined;
  return has(types, 'attrsOf', 'attrs', 'submodule') ? 'write { … }, with a value for each name' : undefined;
}

function listHint(types: Alternatives, shape: Shape): string | undefined {
  if (Array.isArray(shape)) return has(types, 'listOf') ? 'write one element at least' : undefined;
  return has(types, 'listOf') ? 'write a list: [ … ]' : undefined;
}

function enumerated(types: Alternatives): unknown[] {
  return types.flatMap((type) => (typeof type !== 'string' && type.kind === 'enum' ? type.values : []));
}

/** More values than a message should list. */
const most = 12;

function choice(values: readonly unknown[]): string {
  const shown = values.slice(0, most).map(literal);
  return values.length > most
    ? `write one of its ${values.length} values: ${shown.join(', ')}, …`
    : `write ${oneOf(shown)}`;
}

function isShort(shape: Shape): boolean {
  return (typeof shape === 'string' && shape.length < 30) || typeof shape === 'number' || typeof shape === 'boolean';
}

/** A literal as TypeScript has it. */
function literal(value: unknown): string {
  if (typeof value !== 'string') return String(value);
  return /^[^'\\\n]*$/.test(value) ? `'${value}'` : JSON.stringify(value);
}
