import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parse } from '../../lib/nix/parse/parse';
import { commentsIn } from '../support/comments';
import { describeRealworld, realworldFiles } from '../support/realworld';

describeRealworld('in the real module systems', () => {
  it('every file parses, and every comment is in its tree', { timeout: 300_000 }, () => {
    const files = realworldFiles().filter((name) => name.endsWith('.nix'));
    expect(files.length).toBeGreaterThan(1000);
    const differences = files.filter((file) => {
      const source = readFileSync(file, 'utf8');
      return commentsIn(parse(source)).length !== countComments(source);
    });
    expect(differences).toEqual([]);
  });
});

/**
 * Counts comments by looking for nothing but comments, strings and braces, so that the count does not depend on the
 * lexer that it checks.
 */
function countComments(source: string): number {
  let count = 0;
  // What is open: strings, and braces, of which some end an interpolation.
  const open: string[] = [];
  let i = 0;
  const take = (pattern: RegExp) => {
    pattern.lastIndex = i;
    const text = pattern.exec(source)?.[0];
    if (text !== undefined) i += text.length;
    return text;
  };
  while (i < source.length) {
    const inside = open.at(-1);
    if (inside === '"' || inside === "''") {
      if (inside === '"' ? take(/\\[\s\S]|\$\$/y) : take(/''\\[\s\S]|''\$|'''|\$\$/y)) continue;
      if (take(/\$\{/y)) open.push('{');
      else if (inside === '"' ? take(/"/y) : take(/''/y)) open.pop();
      else i++;
    } else if (take(/#[^\r\n]*|\/\*[\s\S]*?\*\//y)) count++;
    else if (take(/''/y)) open.push("''");
    else if (take(/"/y)) open.push('"');
    else if (take(/\{/y)) open.push('{');
    else if (take(/\}/y)) open.pop();
    // Names may have quotes in them, and URIs too.
    else if (!take(/[A-Za-z_][A-Za-z0-9_'-]*|[A-Za-z][A-Za-z0-9+.-]*:[A-Za-z0-9%/?:@&=+$,\-_.!~*']+/y)) i++;
  }
  return count;
}
