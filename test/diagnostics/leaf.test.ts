import { execFileSync } from 'node:child_process';
import { cpSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Flake, Host, mkIf } from 'cdknix';
import { describe, expect, it } from 'vitest';
import { leafOf, leafPosition, type Place } from '../../lib/diagnostics';
import { dist, folderWith, put, repo } from '../cli/support';

const folder = folderWith();
let files = 0;

const givesOptions = /\b(set|declare|import)\(/;

/** The text with «…» around what is found at a place in the argument of its call of `set`, or unchanged. */
function found(text: string, place: Place, extension = 'ts', argument?: number): string {
  const file = join(folder, `main${files++}.${extension}`);
  writeFileSync(file, text);
  const source = text.replace(/^\uFEFF/, '');
  const lines = source.split(/\r\n|[\n\r\u2028\u2029]/);
  const line = lines.findIndex((one) => givesOptions.test(one));
  const call = {
    argument,
    file,
    line: line + 1,
    column: lines[line]!.search(givesOptions) + 1,
    isSource: true as const,
  };
  const leaf = leafPosition(call, place);
  if (leaf.length === undefined) {
    expect(leaf).toEqual(call);
    return source;
  }
  const shown = lines[leaf.line - 1]!;
  const [from, to] = [leaf.column - 1, leaf.column - 1 + leaf.length];
  lines[leaf.line - 1] = `${shown.slice(0, from)}«${shown.slice(from, to)}»${shown.slice(to)}`;
  return lines.join('\n');
}

/** As `found`, for the argument of a call. */
function inArgument(argument: string, place: Place): string {
  return found(`host.set(${argument});`, place).slice('host.set('.length, -2);
}

describe('the place of a leaf', () => {
  it.each<[string, string, Place]>([
    ['nested members', '{ services: { nginx: { «enable»: 1 } } }', ['services', 'nginx', 'enable']],
    ['a group', '{ services: { «nginx»: { enable: 1 } } }', ['services', 'nginx']],
    ['a quoted name', `{ boot: { «'systemd-boot'»: 1 } }`, ['boot', 'systemd-boot']],
    ['a numeric name', '{ ports: { «80»: 1 } }', ['ports', '80']],
    ['a computed name', `{ [\`a\`]: { «['b-c']»: 1 } }`, ['a', 'b-c']],
    ['an element', '{ a: { b: [1, «2»] } }', ['a', 'b', 1]],
    ['a member of an element', '{ a: [{}, { «b»: 1 }] }', ['a', 1, 'b']],
    ['what stands last of two with one name', '{ a: 1, «a»: 2 }', ['a']],
    ['mkIf', '{ a: mkIf(c, { «b»: 1 }) }', ['a', 'b']],
    ['mkIf with the value itself', '{ a: { «b»: mkIf(c, 1) } }', ['a', 'b']],
    ['mkForce and mkDefault', '{ a: mkForce({ b: mkDefault({ «c»: 1 }) }) }', ['a', 'b', 'c']],
    ['mkOrder', '{ a: mkOrder(500, [1, «2»]) }', ['a', 1]],
    ['mkMerge', '{ a: mkMerge([{ b: 1 }, mkIf(c, { «b»: 2 })]) }', ['a', 1, 'b']],
    ['a branch of mkMerge', '{ a: mkMerge([{ b: 1 }, «mkIf(c, 2)»]) }', ['a', 1]],
    ['mkMerge, without its index', '{ a: mkMerge([{ b: 1 }, { «c»: 2 }]) }', ['a', 'c']],
    ['wrappers from elsewhere', '{ a: cdknix.mkIf(c, lib.mkBefore([«1»])) }', ['a', 0]],
    ['comment', `{ a: comment('why', { «b»: 1 }) }`, ['a', 'b']],
    ['lazy', '{ a: lazy(() => ({ «b»: 1 })) }', ['a', 'b']],
    ['lazy with statements', '{ a: lazy(() => { const x = 1; return { «b»: x }; }) }', ['a', 'b']],
    ['a wrapper around everything', 'mkIf(c, { «a»: 1 })', ['a']],
    ['parentheses', '({ a: (({ «b»: 1 })) })', ['a', 'b']],
    ['types', '{ a: { b: [1, «2»] as const } satisfies X as Y }', ['a', 'b', 1]],
    ['other types', '<X>{ a: { «b»: 1 }! }', ['a', 'b']],
    ['a spread with &&', '{ a: 1, ...c && { b: { «d»: 1 } } }', ['b', 'd']],
    ['a spread with a choice', '{ ...(c ? { a: 1 } : { «b»: 1 }) }', ['b']],
    ['a spread that has another part', '{ a: { «b»: 1 }, ...(c && { a: { d: 1 } }) }', ['a', 'b']],
    ['a spread that wins', '{ a: { b: 1 }, ...(c && { a: { «b»: 1 } }) }', ['a', 'b']],
    ['a choice', '{ a: c ? { b: 1 } : { «d»: 1 } }', ['a', 'd']],
    ['a choice of which both would do', '{ a: c ? { «b»: 1 } : { b: 2 } }', ['a', 'b']],
    ['a value or another', '{ a: x ?? { «b»: 1 } }', ['a', 'b']],
    ['the element behind a spread', '{ a: [...[1, 2], «3»] }', ['a', 2]],
    ['a template', '{ a: { b: «nix`{ c = 1; }`» } }', ['a', 'b', 'c']],
    ['what has a template', '{ a: { «b»: nix`{ c = 1; }` } }', ['a', 'b']],
    ['a name that nothing else can be', '{ a: { x: 1, «[name]»: 2 } }', ['a', 'b']],
    ['what a name that nothing else can be has', '{ a: { x: 1, [name]: { «d»: 2 } } }', ['a', 'b', 'd']],
    ['a method', '{ a: { «b»() {} } }', ['a', 'b', 'c']],
    ['an accessor', '{ get «a»() { return 1; } }', ['a']],
    ['a name with an escape', '{ «\\u0061b»: 1 }', ['ab']],
    ['__proto__', `{ «['__proto__']»: 1 }`, ['__proto__']],
  ])('is found through %s', (_, marked, place) => {
    expect(inArgument(marked.replace(/[«»]/g, ''), place)).toBe(marked);
  });

  it.each<[string, string, Place]>([
    ['a call', '{ a: { «b»: make() } }', ['a', 'b', 'c']],
    ['mapped lists', '{ «a»: xs.map((x) => ({ b: x })) }', ['a', 0, 'b']],
    ['an element behind a spread of unknown length', '{ «a»: [...xs, 1] }', ['a', 1]],
    ['a name that two others can be', '{ «a»: { [x]: 1, [y]: 2 } }', ['a', 'b']],
    ['a member that is not there', '{ «a»: { b: 1 } }', ['a', 'x', 'y']],
    ['a list where a set should be', '{ «a»: [1] }', ['a', 'b']],
    ['a set where a list should be', '{ «a»: { b: 1 } }', ['a', 0]],
    ['an empty mkIf', '{ «a»: mkIf() }', ['a', 'b']],
    ['a lazy function by name', '{ «a»: lazy(make) }', ['a', 'b']],
    ['mkMerge of what is computed', '{ «a»: mkMerge(xs.map(f)) }', ['a', 0, 'b']],
    ['an unknown spread', '{ «a»: { ...x } }', ['a', 'b']],
  ])('is the last one that was found, before %s', (_, marked, place) => {
    expect(inArgument(marked.replace(/[«»]/g, ''), place)).toBe(marked);
  });

  it.each<[string, string, Place]>([
    ['its argument is computed', 'make()', ['a']],
    ['it has no argument', '', ['a']],
    ['it spreads its argument', '...args', ['a']],
    ['nothing of the place is there', '{ b: 1 }', ['a']],
    ['the place is the argument itself', '{ a: 1 }', []],
  ])('is the call, where %s', (_, argument, place) => {
    expect(inArgument(argument, place)).toBe(argument);
  });

  it.each<[string, string, Place]>([
    ['the argument', 'const config = { a: { «b»: 1 } };\nhost.set(config);', ['a', 'b']],
    ['a member', 'const a = { «b»: 1 } as const;\nhost.set({ a: a });', ['a', 'b']],
    ['a shorthand member', 'const a = { «b»: 1 };\nhost.set({ a });', ['a', 'b']],
    ['the name of a shorthand member', 'const a = { b: 1 };\nhost.set({ «a» });', ['a']],
    ['a spread', 'const base = { a: { «b»: 1 } };\nhost.set({ ...base, c: 1 });', ['a', 'b']],
    [
      'a spread in a constant',
      'const x = { «b»: 1 };\nconst base = { a: { ...x } };\nhost.set({ ...base });',
      ['a', 'b'],
    ],
    ['a list', 'const xs = [{ «b»: 1 }];\nhost.set({ a: xs });', ['a', 0, 'b']],
    ['a spread in a list', 'const xs = [1, «2»];\nhost.set({ a: [0, ...xs] });', ['a', 2]],
    ['a computed name', `const name = 'b';\nhost.set({ [x]: 1, «[name]»: 1 });`, ['b']],
    ['branches', 'const xs = [{}, { «a»: 1 }];\nhost.set(mkMerge(xs));', [1, 'a']],
    ['the nearest scope', 'const a = { b: 1 };\n{ const a = { «b»: 1 };\nhost.set({ a }); }', ['a', 'b']],
    ['an exported one', 'export const a = { «b»: 1 };\nhost.set({ a });', ['a', 'b']],
  ])('is found through a constant: %s', (_, marked, place) => {
    expect(found(marked.replace(/[«»]/g, ''), place)).toBe(marked);
  });

  it.each<[string, string]>([
    ['a variable that may change', 'let a = { b: 1 };\nhost.set({ «a» });'],
    ['a parameter', 'const a = { b: 1 };\nconst f = (a: X) =>\nhost.set({ «a» });'],
    ['a parameter that is taken apart', 'const a = { b: 1 };\nfunction f({ a }) {\nhost.set({ «a» }); }'],
    ['a constant that is taken apart', 'const { a = { b: 1 } } = x;\nhost.set({ «a» });'],
    ['a loop', 'const a = { b: 1 };\nfor (const a of xs)\nhost.set({ «a» });'],
    ['an import', `import { a } from './a';\nhost.set({ «a» });`],
    ['a function', 'const a = { b: 1 };\n{ function a() {}\nhost.set({ «a» }); }'],
    ['a constant that is made of itself', 'const a = { ...a };\nhost.set({ «a» });'],
    ['constants that are made of each other', 'const a = b;\nconst b = a;\nhost.set({ «a» });'],
  ])('is not looked for in %s', (_, marked) => {
    expect(found(marked.replace(/[«»]/g, ''), ['a', 'b'])).toBe(marked);
  });

  it.each<[string, string]>([
    ['a part of a feature', 'this.nixos.set({ «a»: 1 });'],
    ['an account', 'user.account.set({ «a»: 1 });'],
    ['whatever may be absent', 'feature.host?.set({ «a»: 1 });'],
    ['a call before another', 'host.set({ «a»: 1 }).set({ a: 2 });'],
    ['a call behind another', 'host.use(X)\n  .set({ «a»: 1 })\n  .set({ a: 2 });'],
    ['what is just made', `new Host(flake, 'x', { system }).set({ «a»: 1 });`],
    ['a method', 'class X extends Host { define(x) { return super.set({ ...x, «a»: 1 }); } }'],
  ])('is looked for in the right call: %s', (_, marked) => {
    expect(found(marked.replace(/[«»]/g, ''), ['a'])).toBe(marked);
  });

  it('is looked for in the argument that is meant', () => {
    expect(found(`host.import('./x.nix', { a: 1 }, { «a»: 2 });`.replace(/[«»]/g, ''), ['a'], 'ts', 2)).toBe(
      `host.import('./x.nix', { a: 1 }, { «a»: 2 });`,
    );
    expect(found(`host.import({ a: 1 });`, ['a'])).toBe(`host.import({ «a»: 1 });`);
    expect(found(`host.import({ a: 1 });`, ['a'], 'ts', 1)).toBe(`host.import({ a: 1 });`);
  });

  it('is the call, where that is of something else', () => {
    const file = join(folder, 'other.ts');
    writeFileSync(file, `host.use(Git).set({ a: 1 });\nnew Git(host).home.set({ a: 1 });`);
    for (const call of [
      { file, line: 1, column: 6 },
      { file, line: 2, column: 1 },
      { file, line: 9, column: 1 },
      { file: join(folder, 'missing.ts'), line: 1, column: 1 },
      { file: '', line: 1, column: 1 },
    ]) {
      expect(leafPosition(call, ['a'])).toEqual({ ...call, isSource: true });
    }
  });

  it('is found where a source map only knows the start of the call', () => {
    const file = join(folder, 'coarse.ts');
    writeFileSync(file, `this.nixos.set({ a: 1 });\nthis.nixos['set']({ a: 1 });`);
    expect(leafPosition({ file, line: 1, column: 1, isSource: true }, ['a']).column).toBe(18);
    expect(leafPosition({ file, line: 2, column: 1, isSource: true }, ['a']).column).toBe(21);
  });

  it.each(['ts', 'mts', 'cts', 'tsx', 'js', 'mjs', 'cjs', 'jsx'])('is found in .%s files', (extension) => {
    expect(found('host.set({ a: { b: 1 } });', ['a', 'b'], extension)).toBe('host.set({ a: { «b»: 1 } });');
  });

  it('is found beside tags in .tsx files, and in files that do not compile', () => {
    expect(found('const x = <A b={1}>text</A>;\nhost.set({ a: 1 });', ['a'], 'tsx')).toContain('{ «a»: 1 }');
    expect(found('host.set({ a: { b: 1, : } );\nfunction (', ['a', 'b'])).toContain('{ «b»: 1,');
  });

  it.each([
    ['CRLF', 'const x = 1;\r\nhost.set({\r\n  a: {\r\n    b: 1,\r\n  },\r\n});\r\n'],
    ['a lone CR', 'const x = 1;\rhost.set({\r  a: { b: 1 } });'],
    ['separators', 'const x = 1;\u2028host.set({\u2029  a: { b: 1 } });'],
    ['tabs', 'host.set({\n\ta:\t{\tb: 1 } });'],
    ['a byte order mark', '\uFEFFhost.set({ a: { b: 1 } });'],
    ['letters of two units', `const x = '😀';  host.set({ /* 😀 é e\u0301 */ a: { b: 1 } });`],
  ])('is right with %s', (_, text) => {
    expect(found(text, ['a', 'b'])).toMatch(/«b»: 1/);
  });

  it('ends with its line', () => {
    expect(inArgument('{ a: [\n  mkIf(c, [\n 1 ]) ] }', ['a', 0])).toBe('{ a: [\n  «mkIf(c, [»\n 1 ]) ] }');
  });

  it('is found in long chains of calls', () => {
    const chain = `host${'\n  .also()'.repeat(20_000)}\n  .set({ a: 1 });`;
    expect(found(chain, ['a'])).toMatch(/«a»: 1/);
  });
});

describe('a leaf', () => {
  const host = new Host(new Flake(), 'desk', { system: 'x86_64-linux' });
  host.set({
    networking: mkIf(true, { firewall: { enable: true } }),
  });
  const call = host.module.definitions[0]!.position!;

  it('is found from the stack of a running call, whatever compiled it', () => {
    const leaf = leafOf(call, ['networking', 'firewall', 'enable'])!;
    expect(leaf).toMatchObject({ file: __filename, column: 42, length: 6 });
    expect(JSON.parse(JSON.stringify(leaf))).toEqual({
      file: __filename,
      line: leaf.line,
      column: 42,
      length: 6,
      isSource: true,
    });
  });

  it('is not looked for until it is needed', () => {
    let asked = 0;
    const noted = {
      get file() {
        asked++;
        return '';
      },
      line: 1,
      column: 1,
    };
    const leaf = leafOf(noted, ['a'])!;
    expect(asked).toBe(0);
    expect(leaf.line).toBe(1);
    const before = asked;
    expect(before).toBeGreaterThan(0);
    expect(leaf.column).toBe(1);
    expect(asked).toBe(before);
  });

  it('is its call, where there is no compiler that reads sources', () => {
    const bare = folderWith({
      'main.js': 'host.set({ a: 1 });',
      'node_modules/typescript/package.json': '{ "name": "typescript", "version": "7.0.2" }',
      'node_modules/typescript/index.js': `exports.version = '7.0.2';`,
    });
    // A copy, so that the compiler beside it is none of ours.
    cpSync(dist, join(bare, 'cdknix/dist'), { recursive: true });
    for (const name of ['constructs', 'fastest-levenshtein']) {
      symlinkSync(join(repo, 'node_modules', name), join(bare, 'node_modules', name));
    }
    const show = `
      const { leafPosition } = require('./cdknix/dist/diagnostics');
      console.log(leafPosition({ file: '${bare}/main.js', line: 1, column: 6 }, ['a']).column);`;
    const run = () => execFileSync(process.execPath, ['-e', show], { cwd: bare, encoding: 'utf8' }).trim();
    expect(run()).toBe('6');

    const six = 'node_modules/@typescript/typescript6';
    put(bare, { [`${six}/index.js`]: `module.exports = require('${repo}/node_modules/typescript');` });
    expect(run()).toBe('12');
  });

  it('is nowhere where its call is nowhere', () => {
    expect(leafOf(undefined, ['a'])).toBeUndefined();
  });
});
