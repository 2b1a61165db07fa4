import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { judgeAll } from './support/judge';
import { describeRealworld } from './support/realworld';

const file = join(__dirname, '../docs/check.md');
const page = readFileSync(file, 'utf8');
const [intro, ...sections] = page.split(/^## /m);
const preamble = blocks(intro!, 'ts')[0]!;
const cases = sections.map((section) => {
  const code = blocks(section, 'ts')[0]!;
  return {
    title: section.slice(0, section.indexOf('\n')),
    source: `${preamble}\n${code}`,
    own: blocks(section, 'nix')[0],
    target: /new Host\(flake, '(\w+)'/.exec(code)?.[1] ?? 'desk',
    told: blocks(section, 'text')[0] ?? '',
  };
});

function blocks(text: string, info: string): string[] {
  return [...text.matchAll(new RegExp(`^\`\`\`${info}\n([\\s\\S]*?)^\`\`\`$`, 'gm'))].map((match) => match[1]!);
}

describeRealworld('the page about errors of Nix', () => {
  let told: readonly string[];

  beforeAll(async () => {
    told = await judgeAll(cases);
    if (process.env.WRITE_DOCS) write();
  }, 600_000);

  it.each(cases.map((one, i) => ({ ...one, i })))('$title', (one) => {
    expect(`${told[one.i]}\n`).toBe(one.told);
  });

  function write(): void {
    const written = sections.map((section, i) => {
      const fences = [...section.matchAll(/^```$/gm)].map((match) => match.index + 4);
      const inputs = cases[i]!.own === undefined ? 1 : 2;
      return `## ${section.slice(0, fences[inputs - 1])}\n\`\`\`text\n${told[i]}\n\`\`\`\n`;
    });
    writeFileSync(file, intro + written.join('\n'));
  }
});
