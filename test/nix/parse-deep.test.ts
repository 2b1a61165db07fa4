import { describe, expect, it } from 'vitest';
import { parse } from '../../lib/nix/parse/parse';

const DEEP = 10_000;
const LONG = 100_000;

const times = (text: string, count: number) => text.repeat(count);
const each = (count: number, text: (index: number) => string) => Array.from({ length: count }, (_, i) => text(i));

describe('no source is too deep or too long:', () => {
  it.each([
    ['lists', `${times('[', DEEP)}${times(']', DEEP)}`],
    ['sets', `${times('{ a = ', DEEP)}1${times('; }', DEEP)}`],
    ['sets in paths', `${times('{ a.b = ', DEEP)}1${times('; }', DEEP)}`],
    ['sets that are merged', `${times('{ a = ', DEEP)}{ }${times('; a.b = 1; }', DEEP)}`],
    ['parentheses', `${times('(', DEEP)}1${times(')', DEEP)}`],
    ['lambdas', `${times('a: ', DEEP)}1`],
    ['lambdas with patterns', `${times('{ a ? b }@c: ', DEEP)}1`],
    ['defaults', `${times('{ a ? ', DEEP)}1${times(' }: 1', DEEP)}`],
    ['else if', `${times('if a then b else ', DEEP)}c`],
    ['bodies of let', `${times('let a = 1; in ', DEEP)}1`],
    ['values of let', `${times('let a = ', DEEP)}1${times('; in a', DEEP)}`],
    ['old lets', `${times('let { body = ', DEEP)}1${times('; }', DEEP)}`],
    ['with and assert', `${times('with a; assert b; ', DEEP)}c`],
    ['applications', `${times('f (', DEEP)}1${times(')', DEEP)}`],
    ['minus signs', `${times('-', DEEP)}1`],
    ['negations', `${times('!', DEEP)}a`],
    ['defaults of selections', `${times('a.b or ', DEEP)}c`],
    ['interpolations', `${times('"${', DEEP)}1${times('}"', DEEP)}`],
    ['interpolations in indented strings', `${times("''${", DEEP)}1${times("}''", DEEP)}`],
    ['interpolations in paths', `${times('./${', DEEP)}1${times('}', DEEP)}`],
    ['dynamic names', `${times('{ ${', DEEP)}"a"${times('} = 1; }.a', DEEP)}`],
    ['operators to the right', `${times('a ++ ', LONG)}a`],
    ['operators to the left', `${times('a + ', LONG)}a`],
    ['tests for attributes', `a${times(' ? b', LONG)}`],
    ['arguments', `f${times(' a', LONG)}`],
    ['list elements', `[${times(' a', LONG)} ]`],
    ['attributes', `{ ${each(LONG, (i) => `a${i}.b = ${i}; `).join('')}}`],
    ['inherited names', `{ inherit ${each(LONG, (i) => `a${i} `).join('')}; }`],
    ['arguments of a lambda', `{ ${each(LONG, (i) => `a${i}`).join(', ')} }: 1`],
    ['names in a path', `a${times('.b', LONG)}`],
    ['dynamic names in a path', `a${times('.${b}', LONG)}`],
    ['interpolations in a row', `"${times('a${b}', LONG)}"`],
    ['escapes', `"${times('\\n$$', LONG)}"`],
    ['lines', `''${times("\n  a ''${b} '''", LONG)}''`],
    ['comments', `${times('# a\n', LONG)}1${times('\n/* a */', LONG)}`],
    ['comments between operands', `${times('a # b\n && ', LONG)}c`],
    ['numbers in a row', times('1.1', LONG)],
    ['a string', `"${times('x', 5_000_000)}"`],
    ['an indented string', `''${times('x\n', 2_500_000)}''`],
  ])('%s', (_, source) => {
    expect(() => parse(source, { layout: 'keep' })).not.toThrow();
  });
});
