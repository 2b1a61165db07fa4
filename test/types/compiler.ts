import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as ts from 'typescript';
import { afterAll } from 'vitest';

const root = join(__dirname, '..', '..');
const { options } = ts.parseJsonConfigFileContent(
  ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile).config,
  ts.sys,
  root,
);

/** What an editor asks the compiler about some files of this folder, which need not exist. */
export function compilerOf(texts: Readonly<Record<string, string>>): ts.LanguageService {
  const files = new Map(Object.entries(texts).map(([name, text]) => [pathOf(name), text]));
  return ts.createLanguageService({
    getScriptFileNames: () => [...files.keys()],
    getScriptVersion: () => '1',
    getScriptSnapshot: (file) => {
      const text = files.get(file) ?? ts.sys.readFile(file);
      return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
    },
    getCurrentDirectory: () => root,
    getCompilationSettings: () => options,
    getDefaultLibFileName: ts.getDefaultLibFilePath,
    fileExists: (file) => files.has(file) || ts.sys.fileExists(file),
    readFile: (file) => files.get(file) ?? ts.sys.readFile(file),
    directoryExists: ts.sys.directoryExists,
  });
}

/** What a project of today asks of the compiler. */
export const projectOptions: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.Node16,
  strict: true,
  noEmit: true,
  skipLibCheck: true,
  types: [],
};

/** A folder that has the compiled package as npm installs it, until the tests of the file end. */
export function projectWithPackage(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'cdknix-types-')));
  afterAll(() => rmSync(folder, { recursive: true }));
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(root, join(folder, 'node_modules/cdknix'));
  symlinkSync(join(root, 'node_modules/constructs'), join(folder, 'node_modules/constructs'));
  return folder;
}

export const pathOf = (name: string) => join(__dirname, name);

export const textOf = (name: string) => readFileSync(pathOf(name), 'utf8');

/** A text with each problem below its line: a caret at its column, and the compiler's message. */
export function annotated(text: string, problems: readonly ts.Diagnostic[]): string {
  const lines = text.split('\n');
  const notes = lines.map(() => [] as string[]);
  for (const { start = 0, messageText } of problems) {
    const before = text.slice(0, start).split('\n');
    const message = ts.flattenDiagnosticMessageText(messageText, '\n').split('\n');
    const indent = /^ */.exec(lines[before.length - 1]!)![0];
    const gap = ' '.repeat(Math.max(0, before.at(-1)!.length - indent.length - 2));
    notes[before.length - 1]!.push(...message.map((line, index) => `${indent}//${gap}${index ? ' ' : '^'} ${line}`));
  }
  return lines.flatMap((line, index) => [line, ...notes[index]!]).join('\n');
}

/** A text without what `annotated` added. */
export function bare(text: string): string {
  return text
    .split('\n')
    .filter((line) => !/^ *\/\/ +(\^| {2})/.test(line))
    .join('\n');
}
