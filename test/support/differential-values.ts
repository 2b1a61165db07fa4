import { mkBefore, mkForce, mkIf, mkMerge } from '../../lib/module';
import { expr, exprOf, float, type HasExpr, parse } from '../../lib/nix';
import { isOption, type Option, type OptionTree, type OptionType, type Text } from '../../lib/options/type';
import { textOfPattern } from './pattern-text';

/** Numbers from 0 to 1 that are the same for the same seed (mulberry32). */
export type Random = () => number;

export function randomOf(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export function pick<T>(random: Random, values: readonly T[]): T {
  return values[Math.floor(random() * values.length)]!;
}

/** What a value is made with. */
export interface Making {
  readonly random: Random;
  /** How likely each part of it is something else than its type says. */
  readonly evil: number;
  /** A file that is an empty module. */
  readonly file: string;
}

const nixCode = (text: string): HasExpr => expr(parse(text));
const asFloat = (value: number): HasExpr => expr(float(value));

const derivation = nixCode(
  '{ type = "derivation"; name = "x"; outPath = "/nix/store/00000000000000000000000000000000-x"; drvPath = "/x.drv"; }',
);

/** A value of no type in particular. */
export function anyValue({ random, file }: Making): unknown {
  const choices: (() => unknown)[] = [
    () => null,
    () => random() < 0.5,
    () => pick(random, [0, 1, -1, 2, 22, 100, 255, 256, 65535, 65536, 2 ** 31, 2 ** 40]),
    () => pick(random, [0.5, -1.5, 100.25]),
    () => asFloat(pick(random, [0, 1, -1, 100])),
    () =>
      pick(random, [
        '',
        'x',
        'yes',
        'no',
        'true',
        '22',
        '0.5',
        'a b',
        'a:b',
        'a\nb',
        ' ',
        'x\n',
        'daily',
        'UPPER',
        'é',
        './x',
        '~/x',
        'a/b',
        '${x}',
        '10.0.0.1',
      ]),
    // A text may be taken for the path of a module, which must then be there.
    () => file,
    () => nixCode(file),
    () => nixCode('{ ... }: { }'),
    () =>
      pick<unknown>(random, [
        [],
        ['x'],
        [1],
        [true],
        [null],
        [[]],
        [{}],
        ['a', 'b'],
        [1, 'x'],
        [['x']],
        [nixCode('{ ... }: { }')],
      ]),
    () =>
      pick<unknown>(random, [
        {},
        { a: 1 },
        { a: 'x' },
        { enable: true },
        { enable: 'x' },
        { a: { b: 'x' } },
        { a: [] },
        { a: null },
        { x: { y: { z: 1 } } },
      ]),
    () => derivation,
  ];
  return pick(random, choices)();
}

/** A definition of a type, perhaps with properties around it. */
export function definitionOf(type: OptionType, making: Making): unknown {
  const value = someValue(type, making) as object;
  switch (Math.floor(making.random() * 60)) {
    case 0:
      return mkIf(true, value);
    case 1:
      return mkForce(value);
    case 2:
      return mkMerge([value]);
    case 3:
      return mkBefore(value);
    case 4:
      return mkIf(true, mkForce(value));
    case 5:
      return mkIf(false, value);
    case 6:
      return making.evil && making.random() < 0.3 ? mkForce(mkIf(true, value)) : value;
    default:
      return value;
  }
}

function someValue(type: OptionType, making: Making): unknown {
  const { random, evil, file } = making;
  if (random() < evil) return anyValue(making);
  if (typeof type !== 'string') return compoundValue(type, making);
  switch (type) {
    case 'any':
      return pick<unknown>(random, ['x', 1, true, ['x'], { a: 'x' }]);
    case 'data':
      return dataValue(random, 3);
    case 'bool':
      return random() < 0.5;
    case 'int':
      return Math.floor(random() * 2000) - 1000;
    case 'float':
      return pick<unknown>(random, [0.5, asFloat(1), -2.25]);
    case 'number':
      return pick<unknown>(random, [0.5, asFloat(1), 3]);
    case 'str':
      return pick(random, ['', 'x', 'a b', 'a\nb', '/x', './x', '22', 'é', "it's", '$x']);
    case 'path':
      return pick<unknown>(random, ['/', '/etc/x y', nixCode(file)]);
    case 'package':
      return derivation;
    case 'attrs':
      return pick<unknown>(random, [{}, { a: 1 }, { a: { b: [] } }]);
    default:
      return pick<unknown>(random, [{}, nixCode('{ ... }: { }'), nixCode(file), file]);
  }
}

function dataValue(random: Random, depth: number): unknown {
  const kind = Math.floor(random() * (depth > 0 ? 8 : 5));
  if (kind >= 6) return Object.fromEntries(names(random).map((name) => [name, dataValue(random, depth - 1)]));
  if (kind === 5) return Array.from({ length: Math.floor(random() * 3) }, () => dataValue(random, depth - 1));
  return [true, 1, 0.5, 'x', 'a b'][kind];
}

function names(random: Random): string[] {
  return ['a', 'b', 'x y', 'example.org'].filter(() => random() < 0.4);
}

function compoundValue(type: Exclude<OptionType, string>, making: Making): unknown {
  const { random, evil } = making;
  switch (type.kind) {
    case 'int':
    case 'float':
    case 'number':
      return numberValue(type, making);
    case 'str':
      return textValue(type, random);
    case 'path':
      if (type.inStore) return '/nix/store/00000000000000000000000000000000-x/y';
      return type.absolute === false ? 'a/b' : '/etc/x';
    case 'enum': {
      const value = type.values.length ? pick(random, type.values) : 'x';
      return random() < evil && typeof value === 'string' ? `${value}x` : value;
    }
    case 'listOf': {
      const length = Math.floor(random() * 3) + (type.nonEmpty && random() > evil ? 1 : 0);
      return Array.from({ length }, () => definitionOf(type.of, making));
    }
    case 'attrsOf':
      return Object.fromEntries(names(random).map((name) => [name, definitionOf(type.of, making)]));
    case 'nullOr':
      return random() < 0.2 ? null : someValue(type.of, making);
    case 'either':
      return someValue(pick(random, type.of), making);
    case 'coercedTo':
      return someValue(random() < 0.5 ? type.from : type.to, making);
    case 'functionTo':
      return nixCode('{ ... }: { }');
    case 'unique':
      return someValue(type.of, making);
    case 'attrTag': {
      const tags = Object.keys(type.options).filter((name) => isOption(type.options[name]!));
      const count = random() < evil ? 2 : 1;
      const chosen = Array.from({ length: count }, () => pick(random, tags));
      return Object.fromEntries(chosen.map((name) => [name, definitionOf((type.options[name] as Option)[0], making)]));
    }
    case 'submodule':
      return setValue(type.options, type.freeform, making);
  }
}

/** A set of some of the options of a tree. */
function setValue(options: OptionTree, freeform: OptionType | undefined, making: Making): unknown {
  const { random, evil } = making;
  const set: Record<string, unknown> = {};
  const all = Object.keys(options);
  for (let count = Math.floor(random() * Math.min(4, all.length + 1)); count > 0; count--) {
    const name = pick(random, all);
    const member = options[name]!;
    if (!isOption(member)) set[name] = setValue(member, undefined, making);
    else if (!member[1]?.readOnly && !member[1]?.removed) set[name] = definitionOf(member[0], making);
  }
  if (random() < evil) set[pick(random, ['unknownName', `${all[0]}x`, 'enabled'])] = anyValue(making);
  if (freeform !== undefined && random() < 0.3) {
    const more = someValue(freeform, making);
    if (typeof more === 'object' && more !== null && !Array.isArray(more)) {
      for (const [name, value] of Object.entries(more)) if (!Object.hasOwn(options, name)) set[name] = value;
    }
  }
  return set;
}

function numberValue(
  { kind, min, max }: { kind: string; min?: number; max?: number },
  { random, evil }: Making,
): unknown {
  const low = min ?? -1000;
  const high = max ?? Math.max(1000, low + 1000);
  const bounds = [low, high, low - 1, high + 1].slice(0, random() < evil ? 4 : 2);
  const value = random() < 0.3 ? pick(random, bounds) : low + Math.floor(random() * (high - low));
  if (kind === 'int') return Math.trunc(value);
  return kind === 'float' || random() < 0.5 ? asFloat(value) : Math.trunc(value);
}

function textValue({ pattern, form }: Text, random: Random): string {
  if (pattern !== undefined) return textOfPattern(pattern, random);
  const plain = ['x', 'a b', 'x/y', 'é'];
  if (form === 'nonEmpty') return pick(random, [...plain, ' a', 'a\nb', 'a:b']);
  if (form === 'singleLine') return pick(random, [...plain, '', 'a\n', 'a:b']);
  if (form === 'passwdEntry') return pick(random, [...plain, '']);
  return pick(random, [...plain, '', 'a\nb']);
}

/** A value of a type that has some of all its parts, and nothing wrong in them. */
export function plainValue(type: OptionType): unknown {
  if (typeof type === 'string') {
    const plain = {
      bool: true,
      int: 1,
      float: asFloat(1),
      number: 1,
      str: 'x',
      path: '/x',
      package: derivation,
    } as const;
    return type in plain ? plain[type as keyof typeof plain] : {};
  }
  switch (type.kind) {
    case 'listOf':
      return [plainValue(type.of)];
    case 'attrsOf':
      return { a: plainValue(type.of) };
    case 'nullOr':
    case 'unique':
      return plainValue(type.of);
    case 'either':
      return plainValue(type.of[0]!);
    case 'coercedTo':
      return plainValue(type.to);
    case 'submodule':
      return {};
    default:
      return compoundValue(type, { random: () => 0, evil: 0, file: '/x' });
  }
}

/** A value in which all that sets hold wins over what modules say of it themselves. */
export function winning(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(winning);
  if (typeof value !== 'object' || value === null) return value;
  const node = exprOf(value);
  if (node) return node.kind === 'apply' ? value : mkForce(value);
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => {
      const isSet = typeof member === 'object' && member !== null && !Array.isArray(member);
      return [name, isSet ? winning(member) : mkForce(winning(member) as object)];
    }),
  );
}
