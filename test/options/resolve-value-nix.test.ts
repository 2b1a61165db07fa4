import { mkDefault, mkForce, mkIf, mkMerge, mkOptionDefault, mkOrder, mkOverride, nix } from 'cdknix';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fromJs, print } from '../../lib/nix';
import { differences } from '../../lib/options/resolve/compare';
import type { Outcome } from '../../lib/options/resolve/outcome';
import { resolved } from '../../lib/options/resolve/resolve-value';
import type { Data, Facts, Option, OptionType } from '../../lib/options/type';
import { nixValues } from '../support/nix';
import { describeRealworld, realworld } from '../support/realworld';

/** A type in the three ways that a case needs: ours, Nix's, and the values that definitions of it have. */
interface Kind {
  readonly type: OptionType;
  readonly code: string;
  readonly value: fc.Arbitrary<unknown>;
  /** Whether a priority around a value may have properties inside. */
  readonly isSet?: boolean;
}

const scalar = (type: OptionType, code: string, ...values: unknown[]): Kind => ({
  type,
  code,
  value: fc.constantFrom(...values),
});

const scalars: Kind[] = [
  scalar('bool', 'bool', true, false),
  scalar('int', 'int', 1, 2, 3),
  scalar('str', 'str', 'a', 'b'),
  scalar({ kind: 'str', separator: '\n' }, 'lines', 'a', 'b', 'c\n', ''),
  scalar({ kind: 'str', form: 'singleLine' }, 'singleLineStr', 'a', 'a\n'),
  scalar({ kind: 'enum', values: ['x', 'y'] }, '(enum [ "x" "y" ])', 'x', 'y'),
];

/** What stands around a definition, as often nothing. */
function around(value: fc.Arbitrary<unknown>, isList: boolean): fc.Arbitrary<unknown> {
  const condition = fc.constantFrom<unknown>(true, false, nix`config.yes`, nix`config.no`);
  const order = isList ? fc.constantFrom(0, 500, 1200, 1500) : fc.constant(0);
  const ordered = fc.tuple(order, value).map(([at, one]) => (at ? mkOrder(at, one) : one));
  const weighed = fc.oneof(
    { weight: 6, arbitrary: ordered },
    { weight: 1, arbitrary: ordered.map((one) => mkForce(one)) },
    { weight: 1, arbitrary: ordered.map((one) => mkDefault(one)) },
    { weight: 1, arbitrary: ordered.map((one) => mkOptionDefault(one)) },
    { weight: 1, arbitrary: ordered.map((one) => mkOverride(70, one)) },
  );
  const conditional = fc.oneof(
    { weight: 4, arbitrary: weighed },
    { weight: 1, arbitrary: fc.tuple(condition, weighed).map(([c, one]) => mkIf(c as never, one)) },
  );
  return fc.oneof(
    { weight: 5, arbitrary: conditional },
    { weight: 1, arbitrary: fc.array(conditional, { maxLength: 3 }).map((all) => mkMerge(all)) },
  );
}

const definition = ({ value, type }: Kind) =>
  around(value, typeof type === 'object' && (type.kind === 'listOf' || 'separator' in type));

const names = fc.constantFrom('a', 'b', '__proto__', 'x y');

const setOf = (value: fc.Arbitrary<unknown>, keys: fc.Arbitrary<string> = names) =>
  fc
    .array(fc.tuple(keys, value), { maxLength: 3 })
    // As literals have them: `__proto__` is a name like any other.
    .map((members) =>
      Object.defineProperties(
        {},
        Object.fromEntries(members.map(([key, one]) => [key, { value: one, enumerable: true }])),
      ),
    );

interface OptionKind {
  readonly kind: Kind;
  readonly facts?: Facts;
}

const withFacts = (kind: Kind): fc.Arbitrary<OptionKind> =>
  fc.oneof(
    fc.constant({ kind }),
    fc.constant(kind).chain((one) => {
      if (typeof one.type === 'object' && one.type.kind === 'listOf')
        return fc.constant({ kind, facts: { default: [] as Data } });
      if (scalars.includes(one)) return one.value.map((value) => ({ kind, facts: { default: value as Data } }));
      return fc.constant({ kind });
    }),
  );

const optionCode = ({ kind, facts }: OptionKind) =>
  `mkOption { type = ${kind.code}; ${facts ? `default = ${print(fromJs(facts.default)).trim()};` : ''} }`;

const optionOf = ({ kind, facts }: OptionKind): Option => (facts ? [kind.type, facts] : [kind.type]);

function submodule(members: readonly OptionKind[], inGroup: OptionKind, isOpen: boolean): Kind {
  const keys = ['a', 'b', 'c'];
  const options = Object.fromEntries(members.map((one, i) => [keys[i]!, optionOf(one)]));
  const code = members.map((one, i) => `options.${keys[i]} = ${optionCode(one)};`);
  const parts: Record<string, fc.Arbitrary<unknown>> = Object.fromEntries(
    members.map((one, i) => [keys[i]!, definition(one.kind)]),
  );
  parts.g = fc.record({ o: definition(inGroup.kind) }, { requiredKeys: [] });
  if (isOpen) parts.free = definition(scalars[1]!);
  return {
    type: {
      kind: 'submodule',
      options: { ...options, g: { o: optionOf(inGroup) } },
      ...(isOpen && { freeform: { kind: 'attrsOf', of: 'int' } as const }),
    },
    code: `(submodule { ${code.join(' ')} options.g.o = ${optionCode(inGroup)}; ${isOpen ? 'freeformType = attrsOf int;' : ''} })`,
    value: fc.record(parts, { requiredKeys: [] }),
  };
}

const list = (of: Kind): Kind => ({
  type: { kind: 'listOf', of: of.type },
  code: `(listOf ${of.code})`,
  value: fc.array(of.value, { maxLength: 3 }),
});

const attrs = (of: Kind): Kind => ({
  type: { kind: 'attrsOf', of: of.type },
  code: `(attrsOf ${of.code})`,
  value: setOf(definition(of)),
});

const nullable = (of: Kind): Kind => ({
  type: { kind: 'nullOr', of: of.type },
  code: `(nullOr ${of.code})`,
  value: fc.oneof({ weight: 4, arbitrary: of.value }, fc.constant(null)),
});

const alternatives = (a: Kind, b: Kind): Kind => ({
  type: { kind: 'either', of: [a.type, b.type] },
  code: `(either ${a.code} ${b.code})`,
  value: fc.oneof(a.value, b.value),
});

const coerced: Kind = {
  type: { kind: 'coercedTo', from: 'str', to: { kind: 'listOf', of: 'str' } },
  code: '(coercedTo str (x: [ x ]) (listOf str))',
  value: fc.constantFrom<unknown>('a', ['b', 'c'], []),
};

const unique = (of: Kind): Kind => ({
  type: { kind: 'unique', of: of.type },
  code: `(unique { message = "one"; } ${of.code})`,
  value: of.value,
});

const json: Kind = {
  type: 'data',
  code: 'json',
  value: fc.letrec((tie) => ({
    data: fc.oneof(
      { maxDepth: 2, withCrossShrink: true },
      fc.constantFrom<unknown>(1, true, 'a', null, 1.5),
      fc.array(tie('data'), { maxLength: 2 }),
      setOf(fc.oneof(tie('data'), around(tie('data'), false))),
    ),
  })).data,
};

const raw: Kind = {
  type: 'attrs',
  code: 'attrs',
  value: setOf(fc.constantFrom<unknown>(1, 'a', [1], { x: 1 })),
};

const kindOf: fc.Arbitrary<Kind> = fc.letrec<{ kind: Kind }>((tie) => ({
  kind: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.constantFrom(...scalars),
    fc.constant(json),
    fc.constant(raw),
    fc.constant(coerced),
    tie('kind').map(unique),
    tie('kind').map(list),
    tie('kind').map(attrs),
    tie('kind')
      .filter(({ type }) => typeof type !== 'object' || type.kind !== 'nullOr')
      .map(nullable),
    fc.tuple(fc.constantFrom(...scalars), tie('kind').map(list)).map(([a, b]) => alternatives(a, b)),
    fc
      .tuple(
        fc.array(tie('kind').chain(withFacts), { minLength: 1, maxLength: 3 }),
        fc.constantFrom(...scalars).chain(withFacts),
        fc.boolean(),
      )
      .map(([members, inGroup, isOpen]) => submodule(members, inGroup, isOpen)),
  ),
})).kind;

interface Case {
  readonly option: OptionKind;
  /** What modules say, in the order in which others import them. */
  readonly said: readonly unknown[];
}

const aCase: fc.Arbitrary<Case> = kindOf
  .chain(withFacts)
  .chain((option) =>
    fc.record({ option: fc.constant(option), said: fc.array(definition(option.kind), { maxLength: 4 }) }),
  );

function codeOf({ option, said }: Case): string {
  const modules = said.map((one) => `({ config, lib, ... }: { config.o = ${print(fromJs(one)).trim()}; })`);
  return `let
  lib = import ${realworld}/nixpkgs/lib;
  base = {
    options.yes = lib.mkOption { default = true; };
    options.no = lib.mkOption { default = false; };
    options.o = with lib; with lib.types; ${optionCode(option)};
  };
in (lib.evalModules { modules = [ base ${modules.join(' ')} ]; }).config.o`;
}

const isCertain = (outcome: Outcome): boolean => {
  if (outcome.is === 'list') return outcome.items.every((one) => one.is !== 'some' && isCertain(one));
  if (outcome.is === 'joined') return outcome.pieces.every((one) => one.is !== 'some' && isCertain(one));
  if (outcome.is === 'set') return !outcome.more && outcome.members.every(([, one]) => isCertain(one));
  return outcome.is === 'value';
};

const holds = (outcome: Outcome, what: Outcome['is']): boolean => {
  if (outcome.is === what) return true;
  if (outcome.is === 'list') return outcome.items.some((one) => one.is !== 'some' && holds(one, what));
  return outcome.is === 'set' && outcome.members.some(([, one]) => holds(one, what));
};

describeRealworld('what definitions come to', () => {
  it('is what the module system makes of them', () => {
    const cases = fc.sample(aCase, { seed: Number(process.env.SEED ?? 1), numRuns: Number(process.env.CASES ?? 600) });
    const values = nixValues(cases.map(codeOf));
    const count = { certain: 0, refused: 0, open: 0 };
    cases.forEach((one, i) => {
      const contributions = one.said.map((value, by) => ({ value, by })).toReversed();
      const { outcome } = resolved(['o'], optionOf(one.option), contributions, { fill: () => undefined });
      const text = values[i];
      const context = () => `${codeOf(one)}\nNix: ${text}\nours: ${JSON.stringify(outcome)}`;
      if (text === undefined) {
        // Nix refuses what has a conflict, and what is not defined when it is read; or a condition that holds makes a conflict.
        if (!codeOf(one).includes('mkIf config')) expect(isCertain(outcome), context()).toBe(false);
        count.refused++;
        return;
      }
      expect(holds(outcome, 'conflict'), context()).toBe(false);
      expect(
        differences(outcome, JSON.parse(text), ['o'], true).map(
          (found) => `${found.at}: ${found.expected}, not ${found.found}\n${context()}`,
        ),
      ).toEqual([]);
      count[isCertain(outcome) ? 'certain' : 'open']++;
    });
    expect(count.certain).toBeGreaterThan(cases.length / 4);
    expect(count.open).toBeGreaterThan(cases.length / 10);
  });
});
