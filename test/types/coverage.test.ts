import { join } from 'node:path';
import * as ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { readTable } from '../../lib/options/table';
import type { Option } from '../../lib/options/type';
import { compilerOf, pathOf } from './compiler';
import { isClosed, optionsIn, rightSets, wrongSet } from './coverage';

const classes = { nixos: 'NixosConfig', darwin: 'DarwinConfig', home: 'HomeConfig' } as const;

const programs = Object.entries(classes).map(([name, type]) => {
  const { options } = readTable(join(__dirname, '..', '..', 'data', 'options', `${name}.jsonl`));
  const written = new Set<Option>();
  const open = new Set<Option>();
  const program = (sets: readonly string[]) => `
import { type Expr, nix } from 'cdknix';
import type { ${type}, Package } from 'cdknix/options';
declare const hello: Expr<Package>;
declare const text: Expr<string>;
const lambda = nix\`a: a\`;
const anything = nix\`null\`;
${sets.map((set, index) => `export const config${index}: ${type} = ${set};\n`).join('')}`;
  return {
    name,
    options,
    right: program(rightSets(options, options, written)),
    wrong: program([wrongSet(options, options, open)]),
    written,
    open,
  };
});

const compiler = compilerOf(
  Object.fromEntries(
    programs.flatMap(({ name, right, wrong }) => [
      [`${name}-right.ts`, right],
      [`${name}-wrong.ts`, wrong],
    ]),
  ),
);

/** What the compiler says of a program, by line. */
function problems(file: string, text: string): Map<number, string> {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest);
  return new Map(
    compiler
      .getSemanticDiagnostics(pathOf(file))
      .map(({ start, messageText }) => [
        source.getLineAndCharacterOfPosition(start!).line,
        ts.flattenDiagnosticMessageText(messageText, '\n'),
      ]),
  );
}

describe.each(programs)('the types of $name', ({ name, options, right, wrong, written, open }) => {
  it('let every option have every kind of value that is right', () => {
    const all = optionsIn(options);
    expect(all.length).toBeGreaterThan(1_000);
    expect(all.filter((option) => !written.has(option) && !isClosed(option, options))).toEqual([]);
    expect(problems(`${name}-right.ts`, right)).toEqual(new Map());
  });

  it('refuse a wrong value of every option at its own line, unless all values are right', () => {
    const refused = problems(`${name}-wrong.ts`, wrong);
    const missed = wrong.split('\n').filter((line, index) => /^".*,$/.test(line) && !refused.has(index));
    expect(missed).toEqual([]);
    expect(open.size).toBeLessThan(optionsIn(options).length / 10);
    const long = [...refused.values()].filter((message) => message.includes('\n'));
    expect(long.length).toBeLessThan(refused.size / 1_000);
  });
});
