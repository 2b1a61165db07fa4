import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ts from 'typescript';
import { afterAll, expect, it } from 'vitest';

const root = join(__dirname, '..');
const page = readFileSync(join(root, 'docs/explain.md'), 'utf8');

/** The answers on the page: each command line, and the text below it. */
const answer = /^```sh\ncdknix (explain .*)\n```\n(?:\n```text\n([\s\S]*?)^```\n)?/gm;

const folder = mkdtempSync(join(tmpdir(), 'cdknix-docs-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** The flake of the page as a project that Node runs, with the source in reach. */
function layOut(): void {
  const source = /^```ts\n([\s\S]*?)^```$/m.exec(page)![1]!;
  mkdirSync(join(folder, 'node_modules'));
  for (const name of ['cdknix', 'constructs', 'typescript']) {
    symlinkSync(name === 'cdknix' ? root : join(root, 'node_modules', name), join(folder, 'node_modules', name));
  }
  const options = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022, inlineSourceMap: true };
  const { outputText } = ts.transpileModule(source, { compilerOptions: options, fileName: 'main.ts' });
  writeFileSync(join(folder, 'package.json'), '{ "name": "example" }');
  writeFileSync(join(folder, 'cdk-like.json'), '{ "app": "node main.js" }');
  writeFileSync(join(folder, 'main.ts'), source);
  writeFileSync(join(folder, 'main.js'), outputText);
}

/** What the command line says, its errors too. */
function said(command: string): string {
  const args = [join(root, 'dist/cli/main.js'), ...command.split(' ')];
  try {
    return execFileSync(process.execPath, args, { cwd: folder, encoding: 'utf8', stdio: 'pipe' });
  } catch (error) {
    return (error as { stderr: string }).stderr;
  }
}

it('every answer on the page about explain is what the command says', { timeout: 60_000 }, () => {
  layOut();
  const written = page.replace(answer, (_, command: string) => {
    return `\`\`\`sh\ncdknix ${command}\n\`\`\`\n\n\`\`\`text\n${said(command)}\`\`\`\n`;
  });
  if (process.env.WRITE_DOCS) writeFileSync(join(root, 'docs/explain.md'), written);
  else expect(page).toBe(written);
  expect([...page.matchAll(answer)].length).toBeGreaterThan(7);
});
