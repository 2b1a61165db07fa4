import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from '../../lib/nix/parse/parse';
import { freeVariables } from '../../lib/nix/scope';
import { NixSyntaxError } from '../../lib/nix/syntax-error';
import { describeNix, nixParses } from '../support/nix';
import { grammatical } from '../support/nix-source';

function free(source: string): string[] {
  return [...freeVariables(parse(source, { names: 'check' })).free.keys()].sort();
}

function maybe(source: string): string[] {
  return [...freeVariables(parse(source, { names: 'check' })).maybe.keys()].sort();
}

describe('the free variables', () => {
  it.each([
    ['a', ['a']],
    ['a.b.c', ['a']],
    ['a.${b}."${c}" or d', ['a', 'b', 'c', 'd']],
    ['a ? ${b}', ['a', 'b']],
    ['f x [ y ] (z)', ['f', 'x', 'y', 'z']],
    ["\"${a}\" + ''${b}'' + ./${c}", ['a', 'b', 'c']],
    ['if a then b else c', ['a', 'b', 'c']],
    ['assert a; b', ['a', 'b']],
    ['-a -> !b', ['a', 'b']],
    ['{ a = b; }', ['b']],
    ['{ ${a} = 1; "${b}" = 2; }', ['a', 'b']],
  ])('of %s are found', (source, names) => {
    expect(free(source)).toEqual(names);
  });

  it.each([
    ['x: x + y', ['y']],
    ['{ a, b }: a b c', ['c']],
    ['{ a }@args: args a', []],
    ['args@{ a, ... }: args.b a', []],
    ['x: y: x y', []],
    ['(x: x) x', ['x']],
  ])('of %s are those that no argument binds', (source, names) => {
    expect(free(source)).toEqual(names);
  });

  it('in a default may be the other arguments', () => {
    expect(free('{ a ? b, b ? c, d ? args }@args: a')).toEqual(['c']);
  });

  it('in a let may be its own names, also those defined later', () => {
    expect(free('let a = b; b = c; in a d')).toEqual(['c', 'd']);
    expect(free('(let a = 1; in a) a')).toEqual(['a']);
    expect(free('let a.b = a; in a')).toEqual([]);
  });

  it('in a recursive set are those that it does not define', () => {
    expect(free('rec { a = b; b = c; }')).toEqual(['c']);
    expect(free('{ a = b; b = 1; }')).toEqual(['b']);
    expect(free('rec { ${a} = 1; a = 2; b.c = d; "e f" = 1; }')).toEqual(['d']);
  });

  it('of an old let are like those of a recursive set', () => {
    expect(free('let { a = b; body = a c; }')).toEqual(['b', 'c']);
  });

  it('of an inherit come from around the set, even around a recursive one', () => {
    expect(free('{ inherit a "b"; }')).toEqual(['a', 'b']);
    expect(free('rec { inherit a; b = a; }')).toEqual(['a']);
    expect(free('let inherit a; in a')).toEqual(['a']);
  });

  it('of an inherit from somewhere are what it inherits from', () => {
    expect(free('{ inherit (a.b) c d; }')).toEqual(['a']);
    expect(free('rec { inherit (a) b; a = 1; c = b; }')).toEqual([]);
  });

  it('of a path into a recursive set may be its names', () => {
    expect(free('{ a = rec { x = 1; }; a.y = x; }')).toEqual([]);
    expect(free('{ a = { x = 1; }; a.y = x; }')).toEqual(['x']);
  });

  it('inside a with are told apart, because it may bind them', () => {
    expect(free('with a; b')).toEqual(['a']);
    expect(maybe('with a; b')).toEqual(['b']);
    expect(maybe('with a; with b; c')).toEqual(['b', 'c']);
    expect(maybe('let b = 1; in with a; b')).toEqual([]);
    expect(free('(with a; b) b')).toEqual(['a', 'b']);
  });

  it('include those of Nix itself, but not the position', () => {
    expect(free('builtins.map true __curPos')).toEqual(['builtins', 'true']);
  });

  it('have the place where they are first used', () => {
    const { free: found, maybe: perhaps } = freeVariables(parse('[ a b a ] ++ { x = b; } // (with c; d)'));
    expect(found.get('a')).toEqual({ start: 2, end: 3 });
    expect(found.get('b')).toEqual({ start: 4, end: 5 });
    expect(perhaps.get('d')).toEqual({ start: 36, end: 37 });
  });

  it('have no place in a tree that was not parsed', () => {
    expect(freeVariables({ kind: 'ident', name: 'a' }).free).toEqual(new Map([['a', undefined]]));
  });

  it('are found at any depth', () => {
    const depth = 10_000;
    expect(free(`${'a: '.repeat(depth)}b`)).toEqual(['b']);
    expect(free(`${'['.repeat(depth)}b${']'.repeat(depth)}`)).toEqual(['b']);
    expect(free(`${'{ a = '.repeat(depth)}b${'; }'.repeat(depth)}`)).toEqual(['b']);
    expect(free(`${'b ++ '.repeat(10 * depth)}b`)).toEqual(['b']);
  });
});

describeNix('compared with Nix', () => {
  it('the free variables are just those that must be defined', () => {
    const check = (sources: string[]) => {
      const cases = sources.flatMap((source) => {
        const names = freeNames(source);
        if (names === undefined) return [];
        const without = names.map((left) => ({
          source: binding(
            names.filter((name) => name !== left),
            source,
          ),
          ok: false,
        }));
        return [{ source: binding(names, source), ok: true }, ...without];
      });
      const answers = nixParses(
        cases.map((one) => one.source),
        'strict',
      );
      expect(cases.filter((one, index) => one.ok !== answers[index])).toEqual([]);
    };
    fc.assert(fc.property(fc.array(grammatical, { minLength: 400, maxLength: 400 }), check), {
      numRuns: Number(process.env.FUZZ ?? 3),
      endOnFailure: true,
    });
  });
});

function freeNames(source: string): string[] | undefined {
  try {
    return free(source);
  } catch (error) {
    if (error instanceof NixSyntaxError) return undefined;
    throw error;
  }
}

function binding(names: readonly string[], source: string): string {
  return `let ${names.map((name) => `"${name}" = 1; `).join('')} in ${source}`;
}
