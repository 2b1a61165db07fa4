import { describe, expect, it } from 'vitest';
import { namesIn, optionAt, successorOf } from '../../lib/options/option-at';
import type { Option, OptionTree } from '../../lib/options/type';

const site: OptionTree = { root: ['path'], ssl: { enable: ['bool', { default: false }] } };

const tree: OptionTree = {
  web: {
    enable: ['bool'],
    sites: [{ kind: 'attrsOf', of: { kind: 'submodule', options: site } }],
    ports: [{ kind: 'listOf', of: { kind: 'submodule', options: { number: ['int'] } } }],
    either: [
      {
        kind: 'either',
        of: [
          { kind: 'submodule', options: { a: ['int'] } },
          { kind: 'submodule', options: { b: ['str'] } },
        ],
      },
    ],
    settings: [
      {
        kind: 'submodule',
        options: { port: ['int'], log: { level: ['str'] } },
        freeform: { kind: 'attrsOf', of: 'data' },
      },
    ],
    home: ['home'],
    more: [{ kind: 'submodule', extends: 'home', options: { git: { more: ['int'] } } }],
  },
};

const home: OptionTree = { git: { enable: ['bool'] } };

const at = (...path: (string | number)[]) => {
  const { is, option, depth, known, beside } = optionAt(tree, path, (of) => (of === 'home' ? home : undefined));
  return { is, option: option.join('.'), depth, known, ...(beside && { beside: Object.keys(beside) }) };
};

describe('a path of names', () => {
  it('leads to groups, options, and what is in their values', () => {
    expect(at('web')).toMatchObject({ is: 'group', option: 'web', known: tree.web });
    expect(at('web', 'enable')).toMatchObject({ is: 'option', option: 'web.enable', known: ['bool'] });
    expect(at('web', 'sites', 'a', 'root')).toMatchObject({ is: 'inside', option: 'web.sites', known: ['path'] });
    expect(at('web', 'sites', 'a', 'ssl')).toMatchObject({ is: 'inside', known: site.ssl });
    expect(at('web', 'ports', 0, 'number')).toMatchObject({ is: 'inside', option: 'web.ports', known: ['int'] });
    expect(at('web', 'home', 'git', 'enable')).toMatchObject({ is: 'inside', option: 'web.home', known: ['bool'] });
    expect(at('web', 'more', 'git', 'enable')).toMatchObject({ is: 'inside', option: 'web.more', known: ['bool'] });
    expect(at('web', 'more', 'git', 'more')).toMatchObject({ is: 'inside', option: 'web.more', known: ['int'] });
    expect(at('web', 'more', 'git', 'other')).toMatchObject({ is: 'nothing' });
  });

  it('leads through whichever type has the rest of it', () => {
    expect(at('web', 'either', 'b')).toMatchObject({ is: 'inside', known: ['str'], beside: ['b'] });
  });

  it('leads to attributes, which have no options beside them', () => {
    expect(at('web', 'settings', 'port')).toMatchObject({ known: ['int'], beside: ['port', 'log'] });
    expect(at('web', 'settings', 'other')).toEqual({ is: 'inside', option: 'web.settings', depth: 3, known: ['data'] });
    expect(at('web', 'settings', 'other', 'deep')).toMatchObject({ is: 'inside', known: ['data'] });
    expect(at('web', 'settings', 'log', 'level')).toMatchObject({ known: ['str'], beside: ['level'] });
    expect(at('web', 'settings', 'log', 'file')).toMatchObject({ is: 'inside', known: ['data'] });
  });

  it('ends where there is nothing', () => {
    expect(at('web', 'sites', 'a', 'rooot')).toMatchObject({ is: 'nothing', option: 'web.sites', depth: 3 });
    expect(at('web', 'settings', 'port', 'x')).toMatchObject({ is: 'nothing', depth: 3, known: ['int'] });
    expect(at('net', 'x')).toMatchObject({ is: 'nothing', option: '', depth: 0, known: tree });
    expect(namesIn(at('web', 'either').known, undefined)).toEqual(['a', 'b']);
  });
});

describe('the successor of an option', () => {
  const renamed = (renamedTo: string, type: Option[0] = 'any'): Option => [type, { renamedTo }];
  const successor = (option: Option, more: OptionTree = {}) => successorOf(option, { ...tree, ...more });

  it('is what replaced it: an option, a part of one, or a group', () => {
    expect(successor(renamed('web.enable'))).toEqual(['bool']);
    expect(successor(renamed('web.sites.<name>.root'))).toEqual(['path']);
    expect(successor(renamed('web'))).toBe(tree.web);
    expect(successor(renamed('old.enable'), { old: { enable: renamed('web.enable') } })).toEqual(['bool']);
  });

  it('is the option itself where the tree has nothing else', () => {
    const lost = renamed('gone.enable', 'bool');
    expect(successor(lost)).toBe(lost);
    expect(successor(renamed('gone', { kind: 'submodule', options: {} }))).toEqual(['any', { renamedTo: 'gone' }]);
    const round = renamed('round');
    expect(successor(round, { round })).toBe(round);
  });
});
