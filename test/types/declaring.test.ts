import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as ts from 'typescript';
import { afterAll, expect, it } from 'vitest';
import { annotated, bare, textOf } from './compiler';

const root = join(__dirname, '..', '..');

/** A project that has the package as npm installs it: options of one's own are added to the types of the compiled package. */
const folder = realpathSync(mkdtempSync(join(tmpdir(), 'cdknix-declaring-')));
afterAll(() => rmSync(folder, { recursive: true }));
mkdirSync(join(folder, 'node_modules'));
symlinkSync(root, join(folder, 'node_modules/cdknix'));
symlinkSync(join(root, 'node_modules/constructs'), join(folder, 'node_modules/constructs'));

it('mistakes in declarations, and in what is set of them, are shown where they are', { timeout: 180_000 }, async () => {
  const text = bare(textOf('declaring.ts'));
  const file = join(folder, 'declaring.ts');
  writeFileSync(file, text);
  const program = ts.createProgram([file], {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.Node16,
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    types: [],
  });
  const shown = annotated(text, ts.getPreEmitDiagnostics(program));
  await expect(shown).toMatchFileSnapshot('declaring.ts');
});
