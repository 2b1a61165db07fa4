import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ts from 'typescript';
import { afterAll, describe, expect, it } from 'vitest';

const root = join(__dirname, '..');

/** One mistake of the page: its title, the code, and what the page says that the compiler and synth answer. */
interface Mistake {
  readonly title: string;
  readonly code: string;
  readonly compiler: string;
  readonly synth: string;
}

const page = readFileSync(join(root, 'docs/options.md'), 'utf8');
const [intro, ...sections] = page.split(/^## /m);
const preamble = blocks(intro!, 'ts')[0]!;
const mistakes = sections.map((section): Mistake => {
  const title = section.slice(0, section.indexOf('\n'));
  const [code] = blocks(section, 'ts');
  const [compiler = '', synth = ''] = [blocks(section, 'text tsc')[0], blocks(section, 'text synth')[0]];
  return { title, code: code!, compiler, synth };
});

function blocks(text: string, info: string): string[] {
  return [...text.matchAll(new RegExp(`^\`\`\`${info}\n([\\s\\S]*?)^\`\`\`$`, 'gm'))].map((match) => match[1]!);
}

const folder = mkdtempSync(join(tmpdir(), 'cdknix-docs-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A folder with the example as a user has it: `main.ts`, and what ts-node would make of it. */
function project(i: number): string {
  const at = join(folder, String(i));
  mkdirSync(join(at, 'node_modules'), { recursive: true });
  for (const name of ['cdknix', 'constructs', 'typescript']) {
    symlinkSync(name === 'cdknix' ? root : join(root, 'node_modules', name), join(at, 'node_modules', name));
  }
  const source = `${preamble}\n${mistakes[i]!.code}`;
  const options = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022, inlineSourceMap: true };
  writeFileSync(join(at, 'package.json'), '{ "name": "example" }');
  writeFileSync(join(at, 'main.ts'), source);
  writeFileSync(
    join(at, 'main.js'),
    ts.transpileModule(source, { compilerOptions: options, fileName: 'main.ts' }).outputText,
  );
  return at;
}

const projects = mistakes.map((_, i) => project(i));

/** What synth says of each, as the command line shows it. */
const said: readonly string[] = JSON.parse(
  execFileSync(
    process.execPath,
    [
      '-e',
      `const { diagnostics } = require(${JSON.stringify(join(root, 'dist/testing'))});
       const { renderAll } = require(${JSON.stringify(join(root, 'dist/diagnostics'))});
       const said = ${JSON.stringify(projects)}.map((folder) => {
         process.chdir(folder);
         try { return renderAll(diagnostics(require(folder + '/main.js').flake)); } catch (error) { return String(error.stack); }
       });
       console.log(JSON.stringify(said));`,
    ],
    { encoding: 'utf8' },
  ),
);

/** What the compiler says of each, without the places in other files. */
function compiled(): string[] {
  const files = projects.map((at) => join(at, 'main.ts'));
  const program = ts.createProgram(files, {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.Node16,
    moduleResolution: ts.ModuleResolutionKind.Node16,
    types: [],
  });
  return files.map((file) => {
    const source = program.getSourceFile(file)!;
    return program
      .getSemanticDiagnostics(source)
      .map(({ start, messageText }) => {
        const { line, character } = source.getLineAndCharacterOfPosition(start!);
        return `main.ts:${line + 1}:${character + 1} ${ts.flattenDiagnosticMessageText(messageText, '\n')}`;
      })
      .join('\n');
  });
}

describe('every mistake on the page about options', () => {
  const answers = compiled();
  it.each(mistakes.map((mistake, i) => ({ ...mistake, i })))('$title', ({ compiler, synth, i }) => {
    expect(`${answers[i]}\n`.trimStart()).toBe(compiler);
    expect(`${said[i]}\n`.trimStart()).toBe(synth);
  });

  it('has an answer', () => {
    expect(mistakes.length).toBeGreaterThan(12);
    for (const { title, compiler, synth } of mistakes) expect(compiler + synth, title).not.toBe('');
  });
});

if (process.env.WRITE_DOCS) {
  const answers = compiled();
  const written = sections.map((section, i) => {
    const end = section.indexOf('```\n', section.indexOf('```ts\n')) + 4;
    const block = (info: string, text: string) => (text ? `\n\`\`\`text ${info}\n${text}\n\`\`\`\n` : '');
    return `## ${section.slice(0, end)}${block('tsc', answers[i]!)}${block('synth', said[i]!)}${i < sections.length - 1 ? '\n' : ''}`;
  });
  writeFileSync(join(root, 'docs/options.md'), intro + written.join(''));
}
