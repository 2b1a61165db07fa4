import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as ts from 'typescript';
import { afterAll, describe, expect, it } from 'vitest';

const root = join(__dirname, '..', '..');

/** A project that has the package as npm installs it: compiled. */
const folder = realpathSync(mkdtempSync(join(tmpdir(), 'cdknix-flags-')));
afterAll(() => rmSync(folder, { recursive: true }));
mkdirSync(join(folder, 'node_modules'));
symlinkSync(root, join(folder, 'node_modules/cdknix'));
symlinkSync(join(root, 'node_modules/constructs'), join(folder, 'node_modules/constructs'));
cpSync(join(__dirname, 'ordinary.ts'), join(folder, 'ordinary.ts'));
cpSync(join(root, 'examples/modules'), join(folder, 'modules'), { recursive: true });

const common: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.Node16,
  strict: true,
  noEmit: true,
  skipLibCheck: true,
  types: [],
};

const flags: readonly ts.CompilerOptions[] = [
  {},
  { noUncheckedIndexedAccess: true },
  { noPropertyAccessFromIndexSignature: true },
  { exactOptionalPropertyTypes: true },
  { skipLibCheck: false },
];

function problems(options: ts.CompilerOptions, file = 'ordinary.ts'): string[] {
  const program = ts.createProgram([join(folder, file)], { ...common, ...options });
  return ts.getPreEmitDiagnostics(program).map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
}

describe('an ordinary program, and the package', () => {
  it.each([...flags, Object.assign({}, ...flags)])('compile with %j', { timeout: 180_000 }, (options) => {
    expect(problems(options)).toEqual([]);
  });
});

// Not part of this repository's own program: options of one's own are added to the types of the compiled package.
it("the example of options of one's own compiles", { timeout: 180_000 }, () => {
  expect(problems({}, 'modules/main.ts')).toEqual([]);
});
