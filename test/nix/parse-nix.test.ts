import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Expr, IndentedStr, Let, Str } from '../../lib/nix/ast';
import { parse } from '../../lib/nix/parse/parse';
import { NixSyntaxError } from '../../lib/nix/syntax-error';
import { describeNix, nixParses, nixTrees, nixValues } from '../support/nix';
import { damaged, grammatical, stringText, tokenSoup } from '../support/nix-source';
import { parenthesised } from '../support/parenthesised';

// Each run is a process of Nix with many sources; FUZZ=100 makes it a hundred runs.
const RUNS = Number(process.env.FUZZ ?? 4);
const SOURCES = 400;
// Shrinking would start Nix thousands of times; the shortest difference is shown first instead.
const OPTIONS = { numRuns: RUNS, endOnFailure: true };

function accepts(source: string): boolean {
  try {
    parse(source, { names: 'check' });
    return true;
  } catch (error) {
    if (error instanceof NixSyntaxError) return false;
    throw error;
  }
}

function compareAnswers(all: readonly string[]): string[] {
  // This Nix may be too old for the pipe operators.
  const sources = all.filter((source) => !/\|>|<\|/.test(source));
  const theirs = nixParses(sources);
  const ours = sources.map(accepts);
  const differences = sources.filter((_, index) => ours[index] !== theirs[index]);
  expect(shortest(differences)).toEqual([]);
  return sources.filter((_, index) => ours[index]);
}

function compareTrees(sources: readonly string[]): void {
  const accepted = compareAnswers(sources);
  if (accepted.length === 0) return;
  // In one go, because the trees name the folder that relative paths start from.
  const trees = nixTrees([
    ...accepted,
    ...accepted.map((source) => parenthesised(parse(source, { names: 'check' }))),
  ]).map(joined);
  const misread = accepted.filter((_, index) => trees[index] !== trees[accepted.length + index]);
  expect(shortest(misread)).toEqual([]);
}

/** Nix keeps the pieces apart that it reads an indented string in, which depend on how it is spelled. */
function joined(tree: string): string {
  return tree
    .replaceAll('" + "', '')
    .replaceAll('"" + ', '')
    .replace(/\(("(?:[^"\\]|\\.)*")\)/g, '$1');
}

function compareStrings(sources: readonly string[]): void {
  // Quotes in the text can make several strings, which is an application.
  const accepted = compareAnswers(sources).filter(
    (source) => 'parts' in (parse(source, { names: 'check' }) as Let).body,
  );
  const spelled = accepted.map((source) => parenthesised(parse(source, { names: 'check' })));
  const encoded = accepted.map((source) => parenthesised(withoutSpelling(parse(source, { names: 'check' }))));
  const values = nixValues([...accepted, ...spelled, ...encoded]);
  const misread = accepted.filter((_, index) => {
    const [value, ...others] = [0, 1, 2].map((round) => values[round * accepted.length + index]);
    return others.some((other) => other !== value);
  });
  // Where an interpolation names an unknown variable, there is no value; mostly there is one.
  expect(values.filter((value) => value !== undefined).length).toBeGreaterThan(values.length / 2);
  expect(shortest(misread)).toEqual([]);
}

function withoutSpelling(expr: Expr): Expr {
  const { body } = expr as Let;
  const { parts } = body as Str | IndentedStr;
  const values = parts.map((part) => (part.kind === 'text' ? ({ kind: 'text', value: part.value } as const) : part));
  return { ...(expr as Let), body: { kind: 'str', parts: values } };
}

function shortest(sources: readonly string[]): string[] {
  return sources.toSorted((a, b) => a.length - b.length).slice(0, 5);
}

function compareMany(source: fc.Arbitrary<string>, compare: (sources: readonly string[]) => void): void {
  fc.assert(fc.property(fc.array(source, { minLength: SOURCES, maxLength: SOURCES }), compare), OPTIONS);
}

describeNix('compared with Nix, the parser', () => {
  it('takes and refuses the same corner cases, and reads the same trees', () => {
    compareTrees(CORNER_CASES);
  });

  it('takes and refuses the same tokens in any order', () => {
    compareMany(tokenSoup, compareTrees);
  });

  it('takes and refuses the same expressions, and reads the same trees', () => {
    compareMany(grammatical, compareTrees);
  });

  it('takes and refuses the same damaged expressions', () => {
    compareMany(damaged, compareTrees);
  });

  it('reads the same values of strings', () => {
    const string = fc.tuple(fc.constantFrom('"', "''", "''\n"), stringText).map(([quote, text]) => {
      return `let a = "A"; b = "B"; in ${quote}${text}${quote.trim()}`;
    });
    compareMany(string, compareStrings);
  });
});

// A bar or the end of a line ends a case.
const CORNER_CASES = `
1 == 1 == 1 | 1 < 2 < 3 | 1 < 2 == 3 < 4 | a == b != c | a < b >= c | !a == b | !a ? b | -a ? b | a ? b ? c | - - a | --a
2 * -3 | 2 * !a + b | a -> b -> c | a // b // c | a ++ b ++ c | 10 - 3 - 2 | a / b / c | a && b || c && d | a || b -> c
x: x | x:x | x :x | x': x | { }: x | { } : x | { ... }: x | { a, ... }: x | { ..., a }: x | { a, }: x | { , }: x | { a ? 1 }: x
{ a, a }: x | { a }@a: x | a@{ a }: x | { a }@b: x | b@{ a }: x | b @ { a } : x | {a}@{b}: x | x@y: x | { "a" }: x | { or }: x
or: x | { or = 1; } | { or = 1; }.or | a.or | a or b | [ a or b ] | a.b or c | a.b or c or d | a.b or or | f a.b or c | or
{ if = 1; } | { "if" = 1; } | { inherit if; } | { inherit "if"; } | { inherit or; } | { inherit; } | { inherit (a); } | { inherit (a) b c; }
{ inherit \${"a"}; } | { inherit \${a}; } | { inherit "a\${b}"; } | { inherit (a) \${''b''}; } | { inherit a.b; } | { inherit (a)b; }
{ a = 1; a = 2; } | { a.b = 1; a.c = 2; } | { a.b = 1; a = 2; } | { a = { b = 1; }; a.c = 2; } | { a = { b = 1; }; a = { c = 2; }; }
{ a = ({ b = 1; }); a.c = 2; } | { a = { b = { c = 1; }; }; a = { b = { d = 1; }; }; } | { a = { b = { c = 1; }; }; a.b.d = 1; }
{ a.b = 1; a = { } // { }; } | { a = rec { x = 1; }; a.y = 2; } | { inherit a; a = 1; } | { inherit a; inherit (b) a; } | { a = { }; inherit a; }
{ \${a} = 1; \${a} = 2; } | { \${"a"} = 1; a = 2; } | { "\${"a"}" = 1; a = 2; } | { a.\${b} = 1; a.c = 2; } | { \${a}.b = 1; \${a}.b = 2; }
let a = 1; in a | let in a | let a = 1; a = 2; in a | let \${"a"} = 1; in a | let \${a} = 1; in a | let "\${a}" = 1; in a | let "a" = 1; in a
let a.\${b} = 1; in a | let { body = 1; } | let { \${a} = 1; body = 2; } | f let { body = 1; } | f let a = 1; in a | let a = 1; in a.b
[ 1 + 2 ] | [ -1 ] | [ (-1) ] | [ x: x ] | [ a.b or c d ] | [ if a then b else c ] | [ f a ] | [ rec { } let { } ] | [ ! a ]
f -1 | f - 1 | f !a | !f a | -f a | f x: x | f if a then b else c | f rec { } | f { }: x | (f) (x) | 1 2 | "a" "b" | f.a.b c.d
a/b | a / b | a/ b | a /b | ./. | . | .. | ../. | ./a/ | ./a//b | /. | / | // | a//b | a//b/c | ~/a | ~/ | ~ | ~a | -./a | 1 -./a | a-/b | +/a | ->/a
./\${a} | ./\${a}/ | ./\${a}//b | ./a//\${b} | ./a///\${b} | ./a//b//c\${d} | /\${a} | ~/\${a} | a/\${b}c/\${d} | ./a\${b} | a\${b} | ./a\${b}"c" | ./a"b"
<a> | <a/b> | <a/> | < a> | <a >b | a <b> c | a<b>c | a <b | <\${a}> | <> | a:b | a:b:c | a-b:c | a_b:c | a.b:c | 1:2 | a: b:c | a:/b | a+b:c/d | a':b
1. | .5 | 1.5e3 | 1.5e | 1e5 | 0. | 00.5 | 01.5 | 1.5.5 | 1..5 | 0x1 | 1_0 | a.1 | a .1 | 9223372036854775807 | 9223372036854775808 | 1.0e308 | 1.0e309
1.0e-307 | 1.0e-308 | 2.2250738585072014e-308 | 2.2250738585072013e-308 | 2.2250738585072012e-308 | 0.00022250738585072012e-304 | 0.0e-999 | 5.0e-324 | 1 .a | 1.a or 2 | 1 . a
"\${a}" | "$\${a}" | "$$\${a}" | "a$" | "$" | "\\$" | "a\\" | "\\" | "" | ''$'' | ''$$'' | ''a'b'' | ''a'''' | ''''' | ''''\${a}'' | ''$\${a}'' | '''\${a}''
"\${"\${a}"}" | "\${a # b}" | "\${a /* b */}" | "\${}" | "\${a b}" | "\${a; b}" | \${a} | a.\${b}.c | a.\${b | a."b".c | a."b\${c}".d | a.''b'' | a.1
with a; b | with a; with b; c | assert a; b | if a then b else c | if a then b | if a then if b then c else d else e | (if a then b else c).d
# a | 1 # a | 1 /* a */ | /* a */ | 1 /* a | /* a /* b */ 1 | /* a */ */ 1 | /**/ 1 | /***/ 1 | /*/ 1 */ 1 | 1 #
( ) | [ ] | { } | {  }.a | ( 1 | 1 ) | [ | { | { a } | { a = } | { a = 1 } | { a; } | a. | .a | a..b | a ? | ? a | a ?b.c | ! | - | a @ b | a , b | ; | a b ;
__curPos | __curPos.line | a' | 'a | a-b | a - b | a -b | -a-b | _ | _a1 | é | a\u00a0b | a\fb | \ufeff1 | @ | $ | $a | & | a & b | % | ^ | \\
`
  .trim()
  .split(/ \| |\n/)
  .flatMap((source) => [source, `( ${source})`, `{ a = ${source}; }`, `${source} b`, `\n${source}\t\r\n`]);
