import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as ts from 'typescript';
import { expect, it } from 'vitest';
import { annotated, bare, projectOptions, projectWithPackage, textOf } from './compiler';

/** Options of one's own are added to the types of the compiled package. */
const folder = projectWithPackage();

it('mistakes in declarations, and in what is set of them, are shown where they are', { timeout: 180_000 }, async () => {
  const text = bare(textOf('declaring.ts'));
  const file = join(folder, 'declaring.ts');
  writeFileSync(file, text);
  const program = ts.createProgram([file], projectOptions);
  const shown = annotated(text, ts.getPreEmitDiagnostics(program));
  await expect(shown).toMatchFileSnapshot('declaring.ts');
});
