import { describe, expect, it } from 'vitest';
import { parse } from '../../lib/nix/parse/parse';
import { references, relativeReferences } from '../../lib/nix/references';

function paths(source: string): string[] {
  return relativeReferences(parse(source)).map(
    ({ path, dynamic, optional }) => path + (dynamic ? ' dynamic' : '') + (optional ? ' optional' : ''),
  );
}

describe('the relative paths of a tree', () => {
  it('are its literals, in their order', () => {
    expect(paths('{ imports = [ ./a.nix ../b c/d.nix ]; e = import ./f { g = ./.; }; }')).toEqual([
      './a.nix',
      '../b',
      'c/d.nix',
      './f',
      './.',
    ]);
  });

  it('are found wherever an expression may stand', () => {
    const source = `{ a ? ./1, ... }@args: with ./2; assert ./3 == ./4; let b.\${./5} = ./6; inherit (./7) c; in
      if ./8 then x ? \${./9} else (y: -./10 z."\${./11}" or ./12) "\${./13}" ''\${./14}''`;
    expect(paths(source).map((path) => path.replace(/^-?\.\//, ''))).toEqual(
      Array.from({ length: 14 }, (_, i) => String(i + 1)),
    );
  });

  it('are, where something is interpolated, the directory up to there', () => {
    expect(paths('./a/${b}/c')).toEqual(['./a dynamic']);
    expect(paths('./a/b-${c}.nix')).toEqual(['./a dynamic']);
    expect(paths('./${a}')).toEqual(['./. dynamic']);
    expect(paths('../${a}')).toEqual(['.. dynamic']);
    expect(paths('../a/${./b}')).toEqual(['../a dynamic', './b']);
  });

  it('are joined with the text that is added to them', () => {
    expect(paths('./. + "/a b.nix"')).toEqual(['./a b.nix']);
    expect(paths('./a + "/b" + "c" + \'\'/d\'\'')).toEqual(['./a/bc/d']);
    expect(paths('(./a + "b")')).toEqual(['./ab']);
    expect(paths('((./a) + ("/b"))')).toEqual(['./a/b']);
    expect(paths('./.. + "/a"')).toEqual(['../a']);
    expect(paths('./. + "/"')).toEqual(['./.']);
  });

  it('are dynamic where what is added is not known', () => {
    expect(paths('./a + "/b/${c}.nix"')).toEqual(['./a/b dynamic']);
    expect(paths('./a + "/b-${c}" + "/d"')).toEqual(['./a dynamic']);
    expect(paths('./a + b')).toEqual(['./a dynamic']);
    expect(paths('./a + ./b')).toEqual(['./a dynamic', './b']);
    expect(paths('"a" + ./b')).toEqual(['./b']);
    expect(paths('a + ./b + "/c"')).toEqual(['./b']);
  });

  it('are optional where it is only asked whether they exist', () => {
    expect(paths('builtins.pathExists ./a')).toEqual(['./a optional']);
    expect(paths('lib.pathExists (./a + "/b c")')).toEqual(['./a/b c optional']);
    expect(paths('if pathExists ./a then ./a else ./b')).toEqual(['./a optional', './a optional', './b']);
    expect(paths('builtins.readFile ./a')).toEqual(['./a']);
    expect(paths('builtins.pathExists (f ./a)')).toEqual(['./a']);
    expect(paths('pathExists ./a ./b')).toEqual(['./a optional', './b']);
  });

  it('have a place', () => {
    expect(relativeReferences(parse('[ ./a ]'))[0]!.span).toEqual({ start: 2, end: 5 });
    expect(relativeReferences({ kind: 'path', parts: [{ kind: 'text', value: './a' }] })[0]!.span).toEqual({
      start: 0,
      end: 0,
    });
  });

  it('are neither absolute paths, nor those of the home, nor search paths, nor URIs', () => {
    expect(paths('[ /a ~/b <c> d:e ./f "./g" ]')).toEqual(['./f']);
    expect(references(parse('[ /a ~/b <c> /d/${e} ./f ]')).map(({ path, kind }) => `${kind} ${path}`)).toEqual([
      'absolute /a',
      'home ~/b',
      'absolute /d',
      'relative ./f',
    ]);
  });

  it('are found at any depth', () => {
    const depth = 10_000;
    expect(paths(`${'('.repeat(depth)}./a${')'.repeat(depth)}`)).toEqual(['./a']);
    expect(paths(`./a${' + "b"'.repeat(10 * depth)}`)).toEqual([`./a${'b'.repeat(10 * depth)}`]);
    expect(paths(`${'a + '.repeat(10 * depth)}./a`)).toEqual(['./a']);
  });
});
