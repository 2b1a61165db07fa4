import { describe, expect, it } from 'vitest';
import { dagOf } from '../../lib/options/dag';
import { parseSentence } from '../../lib/options/published/sentence';
import type { OptionType } from '../../lib/options/type';
import { describePublished, publishedSentences } from '../support/published';

const listOf = (of: OptionType): OptionType => ({ kind: 'listOf', of });
const attrsOf = (of: OptionType): OptionType => ({ kind: 'attrsOf', of });
const nullOr = (of: OptionType): OptionType => ({ kind: 'nullOr', of });
const either = (...of: OptionType[]): OptionType => ({ kind: 'either', of });
const coerced = (from: OptionType, to: OptionType): OptionType => ({ kind: 'coercedTo', from, to });
const oneOf = (...values: (string | number | boolean | null)[]): OptionType => ({ kind: 'enum', values });
const matching = (pattern: string): OptionType => ({ kind: 'str', pattern });
const submodule: OptionType = { kind: 'submodule', options: {} };
const freeform = (of: OptionType): OptionType => ({ kind: 'submodule', options: {}, freeform: of });
const anyFunction: OptionType = { kind: 'functionTo', of: 'any' };

function readAs(cases: Readonly<Record<string, OptionType>>): void {
  it.each(Object.entries(cases))('%s', (sentence, type) => {
    expect(parseSentence(sentence)).toEqual(type);
  });
}

describe('types without parts are read', () => {
  readAs({
    anything: 'any',
    'raw value': 'any',
    'unspecified value': 'any',
    boolean: 'bool',
    'boolean (merged using or)': 'bool',
    'signed integer': 'int',
    'floating point number': 'float',
    'signed integer or floating point number': 'number',
    string: 'str',
    'non-empty string': { kind: 'str', form: 'nonEmpty' },
    '(optionally newline-terminated) single-line string': { kind: 'str', form: 'singleLine' },
    'string, not containing newlines or colons': { kind: 'str', form: 'passwdEntry' },
    'strings concatenated with "\\n"': { kind: 'str', separator: '\n' },
    'strings concatenated with " \\" or "': { kind: 'str', separator: ' " or ' },
    'absolute path': 'path',
    'absolute path, not containing newlines or colons': 'path',
    path: { kind: 'path' },
    'path in the Nix store': { kind: 'path', inStore: true },
    'absolute path not in the Nix store': { kind: 'path', inStore: false, absolute: true },
    package: 'package',
    'attribute set': 'attrs',
    'An attribute set containing a type': 'attrs',
    submodule,
    module: 'module',
    'Toplevel NixOS config': 'nixos',
    'Home Manager module': 'home',
    'nixpkgs config': either('attrs', anyFunction),
    'nixpkgs overlay': anyFunction,
  });
});

describe('numbers in a range are read', () => {
  readAs({
    '16 bit unsigned integer; between 0 and 65535 (both inclusive)': { kind: 'int', min: 0, max: 65535 },
    '8 bit signed integer; between -128 and 127 (both inclusive)': { kind: 'int', min: -128, max: 127 },
    'integer between -20 and 19 (both inclusive)': { kind: 'int', min: -20, max: 19 },
    'unsigned integer, meaning >=0': { kind: 'int', min: 0 },
    'positive integer, meaning >0': { kind: 'int', min: 1 },
    'integer or floating point number between 0.5 and 1 (both inclusive)': { kind: 'number', min: 0.5, max: 1 },
    'nonnegative integer or floating point number, meaning >=0': { kind: 'number', min: 0 },
    'positive integer or floating point number, meaning >0': { kind: 'number', min: 0 },
    'float between 0.0 and 1.0 (inclusive)': { kind: 'float', min: 0, max: 1 },
    'integer of at least 16 bits': 'int',
    'positive integer, meaning >0, or value "auto" (singular enum)': either({ kind: 'int', min: 1 }, oneOf('auto')),
  });
});

describe('enums are read', () => {
  readAs({
    'one of "yes", "no"': oneOf('yes', 'no'),
    'one of <null>, true, 1, -2, "a"': oneOf(null, true, 1, -2, 'a'),
    'value "x" (singular enum)': oneOf('x'),
    'impossible (empty enum)': oneOf(),
    null: oneOf(null),
    // Nix shows strings without escapes.
    'one of "", "\\", "a, b", "c or d"': oneOf('', '\\', 'a, b', 'c or d'),
    'one of ""round-robin 0"", ""queue-length 0""': oneOf('"round-robin 0"', '"queue-length 0"'),
    'one of "a)", "(b" or list of (one of "c, d", "e")': either(oneOf('a)', '(b'), listOf(oneOf('c, d', 'e'))),
    // What a value is that is not shown, nobody knows.
    'one of "a", <float>': 'any',
  });
});

describe('patterns are read to their end', () => {
  readAs({
    'string matching the pattern [[:digit:]]+ or x( or string)?': matching('[[:digit:]]+ or x( or string)?'),
    'list of string matching the pattern (a|b)+[.](service|socket)': listOf(matching('(a|b)+[.](service|socket)')),
    'list of (string matching the pattern .*@.* or (submodule))': listOf(either(matching('.*@.*'), submodule)),
    'null or (string matching the pattern [^)]\\))': nullOr(matching('[^)]\\)')),
    'list of (string matching the pattern []() or string])': listOf(matching('[]() or string]')),
    'string matching the pattern a+ or signed integer': either(matching('a+'), 'int'),
    '(list of string matching the pattern ^x) or string convertible to it': coerced('str', listOf(matching('^x'))),
  });
});

describe('types of parts are read', () => {
  readAs({
    'list of string': listOf('str'),
    'list of list of string': listOf(listOf('str')),
    'non-empty (list of package)': { kind: 'listOf', of: 'package', nonEmpty: true },
    'attribute set of (submodule)': attrsOf(submodule),
    'lazy attribute set of attribute set of boolean': { kind: 'attrsOf', of: attrsOf('bool'), lazy: true },
    'attribute list of string': either(attrsOf('str'), listOf(attrsOf('str'))),
    'null or string': nullOr('str'),
    'null or string or list of string': nullOr(either('str', listOf('str'))),
    'string or null or boolean': either('str', nullOr('bool')),
    'string or (boolean or (signed integer or path))': either('str', 'bool', 'int', { kind: 'path' }),
    'string or list of string or boolean': either('str', listOf('str'), 'bool'),
    'string or (string)': 'str',
    '(list of string) or string convertible to it': coerced('str', listOf('str')),
    '(null or absolute path) or (string or package) convertible to it': coerced(
      either('str', 'package'),
      nullOr('path'),
    ),
    'function that evaluates to a(n) list of package': { kind: 'functionTo', of: listOf('package') },
    'open submodule of attribute set of string': freeform(attrsOf('str')),
    'attribute set of (open submodule of (JSON value))': attrsOf(freeform('data')),
    'unique (non-empty (list of (submodule)))': {
      kind: 'unique',
      of: { kind: 'listOf', of: submodule, nonEmpty: true },
    },
    'attribute-tagged union with choices: a, "b c", "a\\${b}" or string': either(
      { kind: 'attrTag', options: { a: ['any'], 'b c': ['any'], 'a${b}': ['any'] } },
      'str',
    ),
    'pair of integer between 1 and 2 (both inclusive)': listOf({ kind: 'int', min: 1, max: 2 }),
    'tuple of (string) (signed integer)': listOf(either('str', 'int')),
    'null or (3×3 matrix of floating point numbers)': nullOr(listOf(listOf('float'))),
    'DAG of string or path': dagOf(either('str', { kind: 'path' })),
  });
});

describe('what modules call their own types says what it can', () => {
  readAs({
    'JSON value': 'data',
    'list of (YAML 1.2 value)': listOf('data'),
    'lua value': 'data',
    'Hyprland configuration value': 'data',
    'Nix config atom (null, bool, int, path or package)': nullOr(either('bool', 'int', 'path', 'package')),
    'atom (bool, int or string) or a list of them for duplicate keys': either(
      ...(['bool', 'int', 'str'] as const),
      listOf(either('bool', 'int', 'str')),
    ),
    'string, path, bool, or integer': either('str', 'path', 'bool', 'int'),
    'attribute set of section of an INI file (attrs of INI atom (null, int or string))': attrsOf(
      attrsOf(either(nullOr(either('int', 'str')), 'path', listOf(nullOr(either('int', 'str'))))),
    ),
    'string (with check: non-empty (or so))': 'str',
    'string starting with / or ~/': 'str',
    'list of string, with spaces inside double quotes': listOf('str'),
    'package that is a Home Assistant component': 'package',
    'bookmark submodule': submodule,
    'Function that takes a string or list': anyFunction,
  });
});

describe('what nobody knows is any, and no more than that', () => {
  readAs({
    '': 'any',
    'systemd option': 'any',
    'attribute set of (systemd option)': attrsOf('any'),
    'null or absolute path or PKCS#11 URI': nullOr(either('path', 'any')),
    'Json value or lambda': 'any',
    'IPv4 or IPv6 address': 'any',
    'list of plugin packages or submodules': listOf('any'),
    // A remark may make the whole of it mean something else.
    'string or list of string (optional when erase is set)': 'any',
    'list of (string (sometimes) or boolean)': listOf('any'),
    'string)': 'any',
    '(string': 'any',
    'one of "a': 'any',
    'strings concatenated with "\\x"': 'any',
    'attribute-tagged union with choices: ': 'any',
    'integer between a and b (both inclusive)': 'any',
    strings: 'any',
    'submodule-like': 'any',
  });
});

describe('hostile sentences', () => {
  it.each([
    'list of ',
    'null or ',
    '(',
    '(a ',
    'x or ',
    'one of "a or ',
    'value "a',
    'a ',
    'string matching the pattern [',
    'string matching the pattern [a]] (',
    'string (with check: ',
    '1×1 matrix of s',
    'null, int, ',
    'integer, meaning ',
  ])('of many times %j are read in no time', { timeout: 5000 }, (part) => {
    const [type, string] = [parseSentence(part.repeat(20_000)), parseSentence(`(${part.repeat(20_000)}) or string`)];
    expect([JSON.stringify(type).length, JSON.stringify(string).length].every((length) => length < 1_000_000)).toBe(
      true,
    );
  });
});

describePublished('the sentences of the module systems', () => {
  const saysNothing = /\b(?:anything|raw value|unspecified value)\b/;

  it('are read, but for the names that say nothing of their structure', () => {
    const sentences = publishedSentences();
    expect(sentences.length).toBeGreaterThan(1200);
    const vague = sentences.filter((sentence) => !saysNothing.test(sentence) && hasAny(parseSentence(sentence)));
    expect(vague.map((sentence) => sentence.replace(/\s+/g, ' ').slice(0, 60)).sort()).toMatchInlineSnapshot(`
      [
        "An evaluation of Nixpkgs; the top level attribute set of pac",
        "Atuin configuration",
        "Go duration (https://golang.org/pkg/time/#ParseDuration)",
        "Hyprland binds",
        "IPv4 or IPv6 address",
        "Json value or lambda",
        "KDE Configuration file",
        "Network prefix in CIDR notation",
        "Thunderbird preference (int, bool, string, and also attrs, l",
        "Traffic Server records value",
        "absolute path or IPv4 or IPv6 address",
        "attribute set of ((GVariant value) or attribute set of (GVar",
        "attribute set of ((LDAP value - either a string, or an attrs",
        "attribute set of ((attribute set of (string or signed intege",
        "attribute set of (Firefox preference (int, bool, string, and",
        "attribute set of (Flat key-value file)",
        "attribute set of (Floorp preference (int, bool, string, and ",
        "attribute set of (LibreWolf preference (int, bool, string, a",
        "attribute set of (dataset/template options)",
        "attribute set of (null or (Nushell inline value) or boolean ",
        "attribute set of (open submodule of systemd automount unit c",
        "attribute set of (open submodule of systemd mount unit confi",
        "attribute set of (open submodule of systemd path unit config",
        "attribute set of (open submodule of systemd service unit con",
        "attribute set of (open submodule of systemd slice unit confi",
        "attribute set of (open submodule of systemd socket unit conf",
        "attribute set of (open submodule of systemd target unit conf",
        "attribute set of (open submodule of systemd timer unit confi",
        "attribute set of (string or instances of this type recursive",
        "attribute set of (sysctl option value)",
        "attribute set of (systemd option)",
        "attribute set of (znc values (null, atoms (str, int, bool), ",
        "attribute set of Minecraft UUID",
        "attribute set of attribute set of (GVariant value)",
        "attribute set of attribute set of attribute set of (GVariant",
        "attribute set of dataset/template options",
        "file mode string",
        "freeciv-server params",
        "libconfig configuration. The format consists of an attribute",
        "list of (maintainer)",
        "list of (systemd option)",
        "list of NetworkManager plug-in",
        "list of attribute set of (systemd option)",
        "list of coderepo names",
        "list of configured template name",
        "list of ibus-engine",
        "list of plugin packages or submodules",
        "ncdns.conf configuration type. The format consists of an att",
        "nix path",
        "non-empty string or secret value",
        "null or (attribute set of (systemd option))",
        "null or absolute path or PKCS#11 URI",
        "null or attribute sets or lists of strings",
        "null or optionType",
        "null or secret value",
        "null or string or absolute path or attribute set of ((attrib",
        "privoxy configuration type. The format consists of an attrib",
        "secret value",
        "session name",
        "settings option",
        "string or list of string (optional when erase is set to true",
        "tmpfiles.d(5) age format",
        "unbound.conf configuration type. The format consist of an at",
        "xfconf settings",
      ]
    `);
  });

  it('are data where they name the format of a file', () => {
    const data = publishedSentences().filter((sentence) => atomsIn(parseSentence(sentence)).has('data'));
    const names = data.flatMap(
      (sentence) => sentence.match(/[\w-]+ (?:(?:configuration|config|option) )?value\b/g) ?? [],
    );
    expect(
      [...new Set(names)].filter((name) => !/^(?:raw|unspecified) value$/.test(name)).sort(),
    ).toMatchInlineSnapshot(`
      [
        "Elixir value",
        "Hypridle configuration value",
        "Hyprland configuration value",
        "Hyprlock configuration value",
        "Hyprpaper configuration value",
        "Hyprsunset configuration value",
        "JSON value",
        "KDE option value",
        "Mopidy config value",
        "Recoll config value",
        "River configuration value",
        "TOML value",
        "plist value",
      ]
    `);
  });
});

/** Whether a type is unknown, or a part of it; tags and functions have parts that no sentence tells. */
function hasAny(type: OptionType): boolean {
  return atomsIn(type).has('any');
}

function atomsIn(type: OptionType): Set<string> {
  if (typeof type === 'string') return new Set([type]);
  if (type.kind === 'functionTo' && type.of === 'any') return new Set();
  const parts: readonly OptionType[] =
    type.kind === 'either'
      ? type.of
      : type.kind === 'coercedTo'
        ? [type.from, type.to]
        : type.kind === 'submodule'
          ? [...(type.freeform ? [type.freeform] : [])]
          : 'of' in type
            ? [type.of]
            : [];
  return new Set(parts.flatMap((part) => [...atomsIn(part)]));
}
