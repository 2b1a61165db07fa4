import { cpSync } from 'node:fs';
import { join } from 'node:path';
import * as ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { projectOptions, projectWithPackage } from './compiler';

const folder = projectWithPackage();
cpSync(join(__dirname, 'ordinary.ts'), join(folder, 'ordinary.ts'));
const examples = ['modules', 'nixproject'];
for (const name of examples) cpSync(join(__dirname, '../../examples', name), join(folder, name), { recursive: true });

const flags: readonly ts.CompilerOptions[] = [
  {},
  { noUncheckedIndexedAccess: true },
  { noPropertyAccessFromIndexSignature: true },
  { exactOptionalPropertyTypes: true },
  { skipLibCheck: false },
];

function problems(options: ts.CompilerOptions, file = 'ordinary.ts'): string[] {
  const program = ts.createProgram([join(folder, file)], { ...projectOptions, ...options });
  return ts.getPreEmitDiagnostics(program).map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
}

describe('an ordinary program, and the package', () => {
  it.each([...flags, Object.assign({}, ...flags)])('compile with %j', { timeout: 180_000 }, (options) => {
    expect(problems(options)).toEqual([]);
  });
});

// Not part of this repository's own program: options of one's own are added to the types of the compiled package.
it.each(examples)("the example %s with options of one's own compiles", { timeout: 180_000 }, (name) => {
  expect(problems({}, `${name}/main.ts`)).toEqual([]);
});
