import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { renderAll } from '../../lib/diagnostics';
import { folderWith } from '../cli/support';

/** The excerpt of a text that a diagnostic shows. */
function excerpt(text: string, line: number, column: number, length?: number): string {
  const file = join(folderWith({ 'main.ts': text }), 'main.ts');
  const position = { file, line, column, ...(length !== undefined && { length }), isSource: true as const };
  const shown = renderAll([{ code: 'x', severity: 'error', message: 'm', position }]);
  return shown.split('\n').slice(2).join('\n');
}

describe('the source line of a diagnostic', () => {
  it('has one mark without a length', () => {
    expect(excerpt('abc\n  def\n', 2, 3)).toBe('  2 |   def\n    |   ^');
  });

  it('is underlined for the length of what is meant', () => {
    expect(excerpt('services: 1', 1, 1, 8)).toBe('  1 | services: 1\n    | ^^^^^^^^');
  });

  it('is underlined to its end at most, and with one mark at least', () => {
    expect(excerpt('  [1,  \n2]', 1, 3, 99)).toBe('  1 |   [1,\n    |   ^^^');
    expect(excerpt('abc', 1, 1, 0)).toBe('  1 | abc\n    | ^');
    expect(excerpt('abc', 1, 9, 2)).toBe('  1 | abc\n    |    ^');
  });

  it('keeps its tabs, so that the marks stand below what they mark', () => {
    expect(excerpt('\ta:\tb', 1, 5, 1)).toBe('  1 | \ta:\tb\n    | \t  \t^');
  });

  it('has no byte order mark and no carriage return', () => {
    expect(excerpt('\uFEFFabc\r\n', 1, 2, 2)).toBe('  1 | abc\n    |  ^^');
  });

  it('is found where lines end as JavaScript has it', () => {
    expect(excerpt('a\rb\u2028c\u2029d', 4, 1)).toBe('  4 | d\n    | ^');
  });

  it('is left out where there is nothing to see', () => {
    expect(excerpt('\n\n', 1, 1)).toBe('');
    expect(excerpt('a', 7, 1)).toBe('');
  });
});
