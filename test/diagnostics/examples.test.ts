import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Feature, type Flake, HomeUser, Host } from 'cdknix';
import { expect, it } from 'vitest';
import { leafPosition, type Place, sourcePosition } from '../../lib/diagnostics';
import { type Definition, isExpr } from '../../lib/module';

const folder = join(__dirname, '../../examples');
const examples = readdirSync(folder).filter((name) => existsSync(join(folder, name, 'main.ts')));

function definitionsOf(flake: Flake): readonly Definition[] {
  return flake.node.findAll().flatMap((one) => {
    if (one instanceof Host || one instanceof HomeUser) return one.module.definitions;
    return one instanceof Feature ? Object.values(one.declared).flatMap((part) => part.definitions) : [];
  });
}

/** The places of all names and elements that can be seen in a value. */
function placesIn(value: unknown): Place[] {
  if (typeof value !== 'object' || value === null || isExpr(value)) return [];
  const members = Array.isArray(value) ? value.map((one, i) => [i, one] as const) : Object.entries(value);
  return members.flatMap(([name, member]) => [[name], ...placesIn(member).map((place) => [name, ...place])]);
}

const lineOf = (file: string, line: number) => readFileSync(file, 'utf8').split('\n')[line - 1]!;

it.each(examples)('what the example %s sets is found where it is written', async (example) => {
  const { flake } = (await import(join(folder, example, 'main.ts'))) as { flake: Flake };
  let all = 0;
  let exact = 0;
  for (const { config, position } of definitionsOf(flake)) {
    const call = sourcePosition(position!);
    // What features of cdknix set is placed where they are used.
    if (!/^set\(/.test(lineOf(call.file, call.line).slice(call.column - 1))) continue;
    for (const place of placesIn(config)) {
      const leaf = leafPosition(call, place);
      expect(leaf.length).toBeGreaterThan(0);
      const text = lineOf(leaf.file, leaf.line)
        .slice(leaf.column - 1)
        .slice(0, leaf.length);
      const isElement = typeof place.at(-1) === 'number';
      if (!isElement && !text.startsWith('[')) expect(place).toContain(text.replace(/^['"]|['"]$/g, ''));
      all++;
      if (isElement || text.includes(String(place.at(-1))) || text.startsWith('[')) exact++;
    }
  }
  // The rest is computed: its position is that of what it is computed for.
  expect(exact).toBeGreaterThanOrEqual(all * 0.7);
});
