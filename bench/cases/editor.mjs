// How long an editor waits for its first completion: a language server opens a project and is asked at `services.`, or, with
// INSIDE=1, inside a virtual host.
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ts from 'typescript';
import { measured } from '../measured.mjs';

const root = join(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'cdknix-editor-'));
mkdirSync(join(folder, 'node_modules'));
symlinkSync(root, join(folder, 'node_modules/cdknix'));
symlinkSync(join(root, 'node_modules/constructs'), join(folder, 'node_modules/constructs'));
const at = process.env.INSIDE ? 'nginx: { virtualHosts: { x: { /**/ } } }' : '/**/';
const main = join(folder, 'main.ts');
const text = `import { Flake, Host } from 'cdknix';
const host = new Host(new Flake(), 'desk', { system: 'x86_64-linux' });
host.set({ services: { ${at} } });
`;
writeFileSync(main, text);

measured(() => {
  const options = {
    strict: true,
    skipLibCheck: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.Node16,
    moduleResolution: ts.ModuleResolutionKind.Node16,
    types: [],
  };
  const service = ts.createLanguageService({
    getScriptFileNames: () => [main],
    getScriptVersion: () => '1',
    getScriptSnapshot: (file) =>
      ts.sys.fileExists(file) ? ts.ScriptSnapshot.fromString(ts.sys.readFile(file)) : undefined,
    getCurrentDirectory: () => folder,
    getCompilationSettings: () => options,
    getDefaultLibFileName: ts.getDefaultLibFilePath,
    fileExists: ts.sys.fileExists,
    readFile: ts.sys.readFile,
    directoryExists: ts.sys.directoryExists,
    realpath: ts.sys.realpath,
  });
  const names = service.getCompletionsAtPosition(main, text.indexOf('/**/'), {})?.entries.map((one) => one.name) ?? [];
  if (!names.includes(process.env.INSIDE ? 'forceSSL' : 'nginx')) throw new Error('no completions');
});
rmSync(folder, { recursive: true });
