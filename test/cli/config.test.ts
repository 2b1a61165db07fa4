import { homedir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type ProjectOptions, readConfig } from '../../lib/cli/project/config';
import { UsageError } from '../../lib/cli/terminal/usage-error';
import { type CdknixError, renderAll } from '../../lib/diagnostics';
import { folderWith } from './support';

/** Reads the configuration of a project with this `cdk-like.json`. */
function read(text: string, options: ProjectOptions = {}) {
  return readConfig({ project: folderWith({ 'cdk-like.json': text }), ...options });
}

/** What is wrong with it, as it is shown. */
function problems(text: string, options: ProjectOptions = {}): string {
  const project = folderWith({ 'cdk-like.json': text });
  try {
    readConfig({ project, ...options });
  } catch (error) {
    expect(error).toBeInstanceOf(UsageError);
    return renderAll((error as CdknixError).diagnostics).replaceAll(project, '<dir>');
  }
  throw new Error('it is a good configuration');
}

describe('a configuration', () => {
  it('says how to run the app and where the output goes', () => {
    const config = read('{ "app": "node app.js", "output": "out/flake" }');
    expect(config.app).toBe('node app.js');
    expect(config.outdir).toBe(join(config.project, 'out/flake'));
  });

  it('has its output in nix, unless it says otherwise', () => {
    const config = read('{ "app": "node app.js" }');
    expect(config.outdir).toBe(join(config.project, 'nix'));
  });

  it('may name its schema, begin with a byte order mark and use every escape', () => {
    expect(read('\uFEFF{ "$schema": "x", "app": "a\\u0062\\n\\"" }').app).toBe('ab\n"');
  });

  it('gives way to the command line', () => {
    const config = read('{ "app": "node app.js", "output": "out" }', { app: 'true', output: '/tmp/elsewhere' });
    expect(config.app).toBe('true');
    expect(config.appPosition).toBeUndefined();
    expect(config.outdir).toBe('/tmp/elsewhere');
  });

  it('may be absent if the command line names the app', () => {
    const project = folderWith();
    expect(readConfig({ project, app: 'true' })).toEqual({ project, app: 'true', outdir: join(project, 'nix') });
  });

  it('may say what Nix is given', () => {
    expect(read('{ "app": "a", "nix": ["--offline", "--override-input", "nixpkgs", "path:./x"] }').nix).toEqual([
      '--offline',
      '--override-input',
      'nixpkgs',
      'path:./x',
    ]);
    expect(read('{ "app": "a", "nix": [] }').nix).toEqual([]);
  });

  it('may have the output in its own folder, or in one that it is in', () => {
    for (const [output, path] of [
      ['.', '.'],
      ['x/..', '.'],
      ['..', '..'],
    ]) {
      const config = read(`{ "app": "a", "output": "${output}" }`);
      expect(config.outdir).toBe(join(config.project, path!));
    }
  });

  it('may put the output beside the project', () => {
    expect(read('{ "app": "a", "output": "../cdknix-test-beside" }').outdir).toMatch(/cdknix-test-beside$/);
  });
});

describe('a configuration that is not JSON', () => {
  it.each([
    ['an empty file', ''],
    ['a comma too much', '{\n  "app": "node app.js",\n}\n'],
    ['a comma too few', '{\n  "app": "node app.js"\n  "output": "nix"\n}\n'],
    ['a comment', '{\n  // how to run it\n  "app": "a"\n}\n'],
    ['single quotes', "{ 'app': 'a' }"],
    ['no quotes', '{ app: "a" }'],
    ['no end', '{ "app": "a"'],
    ['an end of line in a string', '{ "app": "a\n" }'],
    ['something after the end', '{ "app": "a" } }'],
    ['a list', '["app"]'],
    ['a value that is missing', '{ "app": }'],
    ['a list that is not closed', '{ "app": [1, 2 }'],
  ])('is refused with its place: %s', (_, text) => {
    expect(problems(text)).toMatchSnapshot();
  });
});

describe('a configuration that is wrong', () => {
  it.each([
    ['an unknown key that is nearly right', '{\n  "app": "a",\n  "outptu": "nix"\n}\n'],
    ['an unknown key that is like nothing', '{ "app": "a", "context": {} }'],
    ['a key twice', '{ "app": "a", "app": "b" }'],
    ['no app', '{ "output": "nix" }\n'],
    ['an empty app', '{ "app": " " }'],
    ['an app that is no string', '{ "app": ["node", "app.js"] }'],
    ['an output that is no string', '{ "app": "a", "output": null }'],
    ['an empty output', '{ "app": "a", "output": "" }'],
    ['an absolute folder elsewhere as output', '{ "app": "a", "output": "/etc/nixos" }'],
    ['a tilde in the output', '{ "app": "a", "output": "~/nix" }'],
    ["git's folder as output", '{ "app": "a", "output": ".git/x" }'],
    ["npm's folder as output", '{ "app": "a", "output": "node_modules" }'],
    ['the folder of a synth as output', '{ "app": "a", "output": ".cdknix/x" }'],
    ['a NUL in the output', '{ "app": "a", "output": "a\\u0000" }'],
    ['flags for Nix in one string', '{ "app": "a", "nix": "--offline" }'],
    ['a flag for Nix that is none', '{ "app": "a", "nix": ["--cores", 2] }'],
    ['an empty flag for Nix', '{ "app": "a", "nix": [""] }'],
    ['several things at once', '{ "ap": 1, "output": "" }'],
  ])('is refused with its place: %s', (_, text) => {
    expect(problems(text)).toMatchSnapshot();
  });

  it('is refused if the home folder is the output, or in it', () => {
    expect(problems('{ "app": "a" }', { output: homedir() })).toMatch(
      /^error\[config-output\]: --output '.*' is your home folder$/m,
    );
    expect(problems('{ "app": "a" }', { output: '/' })).toMatchInlineSnapshot(`
      "error[config-output]: --output '/' contains your home folder
        help: name a folder of the project, for example "nix", or "." for its root"
    `);
  });

  it('is refused if it is a folder', () => {
    const project = folderWith({ 'cdk-like.json/file': '' });
    expect(() => readConfig({ project })).toThrow(/^cannot read .*cdk-like.json: EISDIR/);
  });
});

describe('a project', () => {
  it('is refused if its folder does not exist', () => {
    expect(() => readConfig({ project: '/does/not/exist' })).toThrow("--project: there is no folder '/does/not/exist'");
  });

  it('is refused if it has no configuration', () => {
    const project = folderWith();
    expect(() => readConfig({ project })).toThrow(`there is no cdk-like.json in '${project}'`);
  });
});
