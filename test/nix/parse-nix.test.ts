import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Expr, IndentedStr, Let, Str } from '../../lib/nix/ast';
import { parse } from '../../lib/nix/parse';
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
    parse(source);
    return true;
  } catch (error) {
    if (error instanceof NixSyntaxError) return false;
    throw error;
  }
}

function compareAnswers(sources: readonly string[]): string[] {
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
  const trees = nixTrees([...accepted, ...accepted.map((source) => parenthesised(parse(source)))]).map(joined);
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
  const accepted = compareAnswers(sources).filter((source) => 'parts' in (parse(source) as Let).body);
  const spelled = accepted.map((source) => parenthesised(parse(source)));
  const encoded = accepted.map((source) => parenthesised(withoutSpelling(parse(source))));
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
