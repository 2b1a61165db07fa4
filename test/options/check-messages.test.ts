import { float, mkAfter, mkForce, mkIf, mkOverride, nix, path, pkgs, str } from 'cdknix';
import { describe, expect, it } from 'vitest';
import { File } from '../../lib/module/file';
import { checkDefinitions } from '../../lib/options/check/check';
import { PATH } from '../../lib/options/shape';
import type { OptionTree, OptionType } from '../../lib/options/type';

const fill = (hole: unknown) => (hole instanceof File ? PATH : undefined);

/** What a person reads: the message, and the help below it. */
function said(value: unknown, options: OptionTree): string[] {
  return checkDefinitions(value, options, { fill }).flatMap(({ code, message, help }) => [`${code}: ${message}`, help]);
}

/** The help for a value of a type. */
function help(type: OptionType, value: unknown): string {
  return checkDefinitions({ x: value }, { x: [type] }, { fill })[0]!.help;
}

const nullable = (of: OptionType): OptionType => ({ kind: 'nullOr', of });
const listOf = (of: OptionType): OptionType => ({ kind: 'listOf', of });
const enumOf = (...values: (string | number | boolean)[]): OptionType => ({ kind: 'enum', values });

const options: OptionTree = {
  services: {
    openssh: {
      enable: ['bool'],
      ports: [listOf({ kind: 'int', min: 0, max: 65535 })],
      settings: [
        {
          kind: 'submodule',
          options: { PermitRootLogin: [enumOf('yes', 'no', 'prohibit-password')] },
          freeform: 'data',
        },
      ],
    },
    nginx: {
      enable: ['bool'],
      virtualHosts: [{ kind: 'attrsOf', of: { kind: 'submodule', options: { root: [nullable('path')] } } }],
    },
    old: ['int', { renamedTo: 'services.nginx.enable' }],
    gone: ['any', { removed: true }],
    state: ['str', { readOnly: true }],
  },
  networking: { firewall: { allowedTCPPorts: [listOf('int')], enable: ['bool'] }, hostName: ['str'] },
  programs: { zsh: { enable: ['bool'], shellAliases: [{ kind: 'attrsOf', of: 'str' }] }, git: { enable: ['bool'] } },
};

describe('an option that does not exist', () => {
  const unknown = (value: unknown) => said(value, options);

  it('may be meant by a similar name beside it', () => {
    expect(unknown({ services: { ngnix: { enable: true } } })).toEqual([
      'option-unknown: there is no option services.ngnix',
      'did you mean services.nginx?',
    ]);
    expect(unknown({ programs: { zsh: { shelAliases: {} } } })).toEqual([
      'option-unknown: there is no option programs.zsh.shelAliases',
      'did you mean programs.zsh.shellAliases?',
    ]);
    expect(unknown({ services: { openssh: { Enable: true } } })[1]).toBe('did you mean services.openssh.enable?');
    const many = {
      abc1: { enable: ['bool'] },
      abc2: { enable: ['bool'], x: ['int'] },
      abc3: {},
      abc4: {},
    } as OptionTree;
    expect(said({ abcd: { x: 1 } }, many)[1]).toBe('did you mean abc2, abc1 or abc3?');
  });

  it('may be meant by the same name elsewhere', () => {
    expect(unknown({ networking: { allowedTCPPorts: [22] } })[1]).toBe(
      'did you mean networking.firewall.allowedTCPPorts?',
    );
    expect(unknown({ programs: { openssh: { enable: true } } })[1]).toBe('did you mean services.openssh?');
    // So many options are called that.
    expect(unknown({ programs: { enable: true } })[1]).not.toContain('did you mean');
  });

  it('is in a group that has others', () => {
    expect(unknown({ services: { nginx: { virtualHosts: { 'example.org': { port: 80 } } } } })).toEqual([
      'option-unknown: there is no option services.nginx.virtualHosts."example.org".port',
      'services.nginx.virtualHosts."example.org" takes root',
    ]);
    expect(unknown({ nixvim: { enable: true } })).toEqual([
      'option-unknown: there is no option nixvim',
      'look its name up; if a module of your flake declares it, cdknix import reads its options',
    ]);
  });

  it('may be a path in quotes', () => {
    expect(unknown({ services: { 'nginx.enable': true } })).toEqual([
      'option-unknown: there is no option services."nginx.enable"',
      'a name in quotes is one name, not a path; nest the names: { nginx: { enable: … } }',
    ]);
  });

  it('may be called like a member of every object', () => {
    const value = JSON.parse('{ "__proto__": 1, "constructor": { "prototype": 2 }, "toString": 3 }');
    expect(unknown(value).filter((_, index) => index % 2 === 0)).toEqual([
      'option-unknown: there is no option __proto__',
      'option-unknown: there is no option constructor',
      'option-unknown: there is no option toString',
    ]);
    expect(unknown({ services: { openssh: { settings: JSON.parse('{ "__proto__": 1 }') } } })).toEqual([]);
  });
});

describe('a value that an option does not take', () => {
  it('is named with the option, its type and what to do', () => {
    expect(said({ services: { openssh: { enable: 'true', ports: [22, '80', 70000] } } }, options)).toEqual([
      'option-type: services.openssh.enable takes boolean, not "true"',
      'write true without the quotes',
      'option-type: services.openssh.ports[1] takes integer between 0 and 65535 (both inclusive), not "80"',
      'write 80 without the quotes',
      'option-value: services.openssh.ports[2] takes integer between 0 and 65535 (both inclusive), not 70000',
      'write a whole number from 0 to 65535',
    ]);
    expect(said({ services: { openssh: { settings: { PermitRootLogin: 'prohibit-passwd' } } } }, options)).toEqual([
      'option-value: services.openssh.settings.PermitRootLogin takes one of "yes", "no", "prohibit-password", not "prohibit-passwd"',
      "did you mean 'prohibit-password'?",
    ]);
    expect(said({ services: { nginx: true } }, options)).toEqual([
      'option-type: services.nginx is a group of options, and was given true',
      'write { enable: true }',
    ]);
    expect(said({ networking: ['x'] }, options)).toEqual([
      'option-type: networking is a group of options, and was given a list',
      'write { firewall: …, hostName: … }',
    ]);
    expect(said([], options)).toEqual([
      'option-type: definitions are a set of options, not an empty list',
      'write { services: …, networking: …, programs: … }',
    ]);
  });

  it.each<[string, OptionType, unknown, string]>([
    ['null', 'int', null, 'leave it out; null is a value of its own in Nix'],
    ['a whole number for a float', 'float', 1, 'write float(1)'],
    ['a whole number for a float', nullable('float'), -2, 'write float(-2)'],
    ['a float for a whole number', 'int', float(1), 'write it without float(…)'],
    ['a fraction for a whole number', 'int', 1.5, 'write a whole number'],
    ['a string for a number', nullable('int'), '80', 'write 80 without the quotes'],
    ['a string for a float', 'float', '0.5', 'write 0.5 without the quotes'],
    ['a number for a string', 'str', 80, "write '80'"],
    ['a boolean for a string', 'str', true, "write 'true'"],
    ['a number for a choice', enumOf('1', '2'), 1, "write '1'"],
    ['a boolean for a choice', enumOf('yes', 'no'), false, "write 'no'"],
    ['a boolean for a choice', enumOf('a', 'b'), false, "write 'a' or 'b'"],
    ['a boolean for a number', 'int', true, 'write 1'],
    ['another choice', enumOf('alpha', 'beta'), 'x', "write 'alpha' or 'beta'"],
    [
      'another choice of many',
      enumOf(...[...'abcdefghijklmnop'].map((one) => one.repeat(9))),
      'x',
      "write one of its 16 values: 'aaaaaaaaa', 'bbbbbbbbb', 'ccccccccc', 'ddddddddd', 'eeeeeeeee', 'fffffffff', 'ggggggggg', 'hhhhhhhhh', 'iiiiiiiii', 'jjjjjjjjj', 'kkkkkkkkk', 'lllllllll', …",
    ],
    ['a number that is too small', { kind: 'int', min: 1 }, 0, 'write a whole number of at least 1'],
    ['a number that is too large', { kind: 'number', max: 1 }, 2, 'write a number of at most 1'],
    ['a relative path', 'path', './x', "write path('./x'), which copies the file, or an absolute path"],
    ['a name for a path', 'path', 'x', "write an absolute path, or path('./…') for a file of the project"],
    ['a file for a string', 'str', path('./x'), "write str`${path('./…')}` to have the path as a string"],
    ['a string for a package', 'package', 'git', 'write pkgs.git'],
    ['a string for a package', nullable('package'), 'a b', 'write pkgs.<name>'],
    ['a value for a list', listOf('str'), 'x', "write ['x']"],
    ['a package for a list', listOf('package'), str`${pkgs.git}`, 'put it in a list: [ … ]'],
    ['a list for a value', 'str', ['x'], "write 'x' without the brackets"],
    ['another value for a list', listOf('str'), 1, 'write a list: [ … ]'],
    ['an empty list', { kind: 'listOf', of: 'str', nonEmpty: true }, [], 'write one element at least'],
    ['a value for a set', { kind: 'attrsOf', of: 'str' }, 'x', 'write { … }, with a value for each name'],
    ['a boolean for a set', { kind: 'submodule', options: { enable: ['bool'] } }, true, 'write { enable: true }'],
    [
      'two tags',
      { kind: 'attrTag', options: { a: ['int'], b: ['int'] } },
      { a: 1, b: 2 },
      'write exactly one of a or b',
    ],
    [
      'a text of another form',
      { kind: 'str', pattern: '[a-z]+' },
      'A',
      'write a text that the pattern matches from its start to its end',
    ],
    ['a blank text', { kind: 'str', form: 'nonEmpty' }, ' ', 'write a text that is not blank'],
    ['several lines', { kind: 'str', form: 'singleLine' }, 'a\nb', 'write a single line'],
    ['a colon', { kind: 'str', form: 'passwdEntry' }, 'a:b', 'write it without colons and line breaks'],
    ['a word for a boolean', nullable('bool'), 'yes', 'write true'],
    ['a word for a boolean', 'bool', 'disabled', 'write false'],
    ['a number for a boolean', 'bool', 1, 'write true'],
    ['a function', 'int', nix`x: x`, 'write such a value, or an expression that gives one'],
  ])('gets help: %s', (_, type, value, text) => {
    expect(help(type, value)).toBe(text);
  });

  it.each<[unknown, string]>([
    [null, 'null'],
    ['x'.repeat(50), `"${'x'.repeat(40)}…"`],
    ['a\nb', '"a\\nb"'],
    [str`a${pkgs.git}`, 'a string'],
    [1.5, '1.5'],
    [float(2), '2.0'],
    [10n ** 17n, '100000000000000000'],
    [[1, 2], 'a list'],
    [{ password: 'x' }, 'a set'],
    [{}, 'an empty set'],
    [nix`x: x`, 'a function'],
    [path('./x'), 'a path'],
  ])('is shown briefly: %#', (value, shown) => {
    expect(said({ x: value }, { x: ['bool'] })[0]).toBe(`option-type: x takes boolean, not ${shown}`);
  });

  it('is never shown where it may be a secret', () => {
    const secrets: OptionTree = {
      db: { passwordHash: ['int'], apiToken: [listOf('str')], secretKey: ['path'] },
      text: ['int'],
    };
    const value = {
      db: { passwordHash: 'hunter22', apiToken: 'hunter22', secretKey: './hunter22' },
      text: 'ghp_16C7e42F292c6912E7710c838347Ae178B4a',
    };
    const text = said(value, secrets).join('\n');
    expect(text).not.toMatch(/hunter22|ghp_/);
    expect(text.split('\n')).toEqual([
      'option-type: db.passwordHash takes signed integer, not a string',
      'write such a value, or an expression that gives one',
      'option-type: db.apiToken takes list of string, not a string',
      'write such a value, or an expression that gives one',
      'option-value: db.secretKey takes absolute path, not a string',
      'write such a value, or an expression that gives one',
      'option-type: text takes signed integer, not a string',
      'write such a value, or an expression that gives one',
    ]);
    const lists = said({ db: { passwordHash: ['hunter22'], secretKey: ['hunter22'], apiToken: {} } }, secrets);
    expect(lists.join()).not.toContain('hunter22');
    expect(said(nix`{ db.passwordHash = { a = 1; }; db.secretKey = [ "hunter22" ]; }`, secrets).join()).not.toContain(
      'hunter22',
    );
    expect(said({ x: { token: 12345 } }, { x: [{ kind: 'attrsOf', of: 'str' }] }).join()).not.toContain('12345');
  });
});

describe('other problems', () => {
  it('say what to do', () => {
    expect(said({ services: { old: true, gone: 1, state: 'x' } }, options)).toEqual([
      'option-renamed: services.old has a new name',
      'write services.nginx.enable',
      'option-removed: services.gone was removed',
      'leave it out; the release notes of the module system say what takes its place',
      'option-read-only: services.state is read-only',
      'refer to it, and set the options that it is made of',
    ]);
    expect(said({ services: { nginx: { enable: mkForce(mkIf(pkgs.x, true)) } } }, options)).toEqual([
      'option-type: mkForce around services.nginx.enable holds a condition, a merge or a priority, which Nix does not see there',
      'turn them round: mkIf(condition, mkForce(value))',
    ]);
    expect(said({ services: { nginx: { enable: mkOverride(10, mkIf(pkgs.x, true)) } } }, options)[1]).toBe(
      'turn them round: mkIf(condition, mkOverride(value))',
    );
    const peers: OptionTree = {
      peers: [
        listOf({
          kind: 'submodule',
          options: { key: ['str', { required: true }], 'a b': { c: ['int', { required: true }] } },
        }),
      ],
    };
    expect(said({ peers: [{}] }, peers)).toEqual([
      'option-required: peers[0] lacks key, "a b".c',
      'add key: …, "a b".c: …',
    ]);
    expect(said({ services: { openssh: { settings: mkAfter({}) } } }, options)).toEqual([
      'option-type: mkAfter around services.openssh.settings, which has no order: Nix fails for it',
      'leave mkAfter out, or put it around a list inside',
    ]);
  });
});
