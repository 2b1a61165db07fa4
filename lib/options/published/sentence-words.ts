import type { OptionType } from '../type';

const anyFunction: OptionType = { kind: 'functionTo', of: 'any' };

/** The names of types without parts: those that descriptions have, and those that `showType` gives. */
const words: Readonly<Record<string, OptionType>> = {
  anything: 'any',
  'raw value': 'any',
  unspecified: 'any',
  'unspecified value': 'any',
  'plain data': 'data',
  boolean: 'bool',
  'boolean (merged using or)': 'bool',
  integer: 'int',
  'signed integer': 'int',
  float: 'float',
  'floating point number': 'float',
  'integer or floating point number': 'number',
  string: 'str',
  'printable string': 'str',
  'single-line string': 'str',
  'non-empty string': { kind: 'str', form: 'nonEmpty' },
  '(optionally newline-terminated) single-line string': { kind: 'str', form: 'singleLine' },
  path: { kind: 'path' },
  'path in the Nix store': { kind: 'path', inStore: true },
  'path not in the Nix store': { kind: 'path', inStore: false },
  'absolute path': 'path',
  'absolute path in the Nix store': { kind: 'path', inStore: true, absolute: true },
  'absolute path not in the Nix store': { kind: 'path', inStore: false, absolute: true },
  'relative path': { kind: 'path', absolute: false },
  'relative path not in the Nix store': { kind: 'path', inStore: false, absolute: false },
  package: 'package',
  'attribute set': 'attrs',
  'attribute sets': 'attrs',
  'An attribute set': 'attrs',
  submodule: { kind: 'submodule', options: {} },
  module: 'module',
  'NixOS configuration': 'nixos',
  'Toplevel NixOS config': 'nixos',
  'nix-darwin configuration': 'darwin',
  'Home Manager configuration': 'home',
  'Home Manager module': 'home',
  null: { kind: 'enum', values: [null] },
  'impossible (empty enum)': { kind: 'enum', values: [] },
  function: anyFunction,
  Function: anyFunction,
  'An overlay function': anyFunction,
  'nixpkgs overlay': anyFunction,
  'nixpkgs config': { kind: 'either', of: ['attrs', anyFunction] },
};

const word = new RegExp(
  Object.keys(words)
    .sort((a, b) => b.length - a.length)
    .map((name) => `${name.replace(/[()]/g, '\\$&')}(?![\\w-])`)
    .join('|'),
  'y',
);

/** Formats of files: what they can hold, all by the name of the format. */
const format = /(?:JSON|YAML(?: 1\.[12])?|TOML|XML|INI|CDN|HOCON|[Ll]ua|PHP|Python|Elixir|plist) value/y;

/** `Hyprland configuration value`: what stands in a file of that program. */
const setting = /[A-Z][\w-]* (?:configuration|config|option) value/y;

/** `bookmark submodule`: one with a description of its own. */
const named = /[a-z]+ submodule(?![\w-])/y;

/** The longest name of a type without parts at a place in a text, and where it ends. */
export function wordAt(text: string, at: number): readonly [type: OptionType, end: number] | undefined {
  for (const pattern of [word, format, setting, named]) {
    pattern.lastIndex = at;
    const [name] = pattern.exec(text) ?? [];
    if (name === undefined) continue;
    const type = pattern === word ? words[name]! : pattern === named ? words.submodule! : 'data';
    return [type, at + name.length];
  }
  return undefined;
}
