import { type ParseError, parse as parseLeniently, printParseErrorCode } from 'jsonc-parser';
import { failure } from '../../diagnostics';
import { fromJs, print } from '../../nix';
import { lineAndColumn } from '../../nix/syntax-error';
import { shortened } from '../../redaction';
import { accepts } from '../accepts';
import type { Doc, Docs } from '../docs';
import type { OptionTable, Origin } from '../table';
import type { Data, Facts, Option } from '../type';
import { dataOf } from './nix-data';
import { parseSentence } from './sentence';
import { isAttribute, type Place, treeOf } from './sub-options';

/**
 * Reads an `options.json`, as `nixosOptionsDoc` makes it (nixpkgs, nixos/lib/make-options-doc) and as NixOS, Home
 * Manager and nix-darwin publish it. It has the options that manuals show, so those that are hidden are not in the table.
 *
 * @param as what the table is of
 * @throws CdknixError `options-json` if the text or an option in it cannot be read
 */
export function readOptionsJson(text: string, as: Origin): { readonly table: OptionTable; readonly docs: Docs } {
  const typeOf = memo(parseSentence);
  const literalOf = memo(defaultOf);
  const root: Branch = { below: new Map() };
  const docs = new Map<string, Doc>();
  const all = objectIn(text);
  for (const name of Object.keys(all)) {
    const entry = entryOf(name, all[name]);
    const type = entry.type === undefined ? 'any' : typeOf(entry.type);
    const given = entry.default?.isCode && !entry.readOnly ? literalOf(entry.default.text) : undefined;
    const facts: Facts = {
      // A text may be words about the default: then it is one only if the type takes texts.
      ...(given !== undefined && (typeof given !== 'string' || accepts(type, given)) && { default: given }),
      ...(entry.file !== undefined && { file: entry.file }),
      ...(entry.readOnly && { readOnly: true }),
    };
    branchAt(root, entry.loc).option = Object.keys(facts).length ? [type, facts] : [type];
    const doc = docOf(entry);
    if (Object.keys(doc).length) docs.set(docPlace(entry.loc), doc);
  }
  return { table: { ...as, options: treeOf(root.below) }, docs };
}

function memo<T>(of: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    if (!known.has(text)) known.set(text, of(text));
    return known.get(text)!;
  };
}

interface Branch extends Place {
  option?: Option;
  below: Map<string, Branch>;
}

/** What is below most options. */
const nothing: Branch['below'] = new Map();

function branchAt(root: Branch, loc: readonly string[]): Branch {
  let at = root;
  for (const name of loc) {
    let next = at.below.get(name);
    if (!next) {
      next = { below: nothing };
      if (at.below === nothing) at.below = new Map();
      at.below.set(name, next);
    }
    at = next;
  }
  return at;
}

/** Larger defaults are left out of tables: characters of JSON. */
const longestDefault = 400;

/** The default that Nix code is, if it is plain data and the same on every machine and for every name. */
function defaultOf(code: string): Data | undefined {
  if (code.length > longestDefault * 2 || /\/nix\/store\/|‹name›|\$\{/.test(code)) return undefined;
  const data = dataOf(code);
  return data === undefined || JSON.stringify(data).length > longestDefault ? undefined : data;
}

function docOf({ description, default: given, example }: Entry): Doc {
  return {
    ...(description && { description }),
    ...(given?.text && { default: given.text }),
    ...(example?.text && { example: example.text }),
  };
}

/** The key of an option's words: placeholders of attributes have one name there. */
function docPlace(loc: readonly string[]): string {
  return loc.map((name, i) => (i && isAttribute(name) && name !== '<function body>' ? '<name>' : name)).join('.');
}

/** One option, as far as it is read. */
interface Entry {
  readonly loc: readonly string[];
  readonly type?: string;
  readonly readOnly: boolean;
  readonly file?: string;
  readonly description?: string;
  readonly default?: Words;
  readonly example?: Words;
}

interface Words {
  readonly text: string;
  /** Whether it is Nix, and not Markdown about it. */
  readonly isCode: boolean;
}

/** An option deeper than this is nobody's: names from the top. */
const deepest = 100;

function entryOf(name: string, value: unknown): Entry {
  if (!isObject(value)) throw unreadable(`${shown(name)} is no option: it is ${kindOf(value)}`);
  const wrong = (member: string, expected: string) =>
    unreadable(`the ${member} of option ${shown(name)} is ${kindOf(value[member])}, not ${expected}`);
  const { loc, type, readOnly, declarations } = value;
  if (!isList(loc) || !loc.length) throw wrong('loc', 'a list of names');
  if (!loc.every(isString)) {
    const other = loc.find((part) => !isString(part));
    throw unreadable(`the loc of option ${shown(name)} has ${kindOf(other)} among its names`);
  }
  if (loc.length > deepest) throw unreadable(`option ${shown(name)} is ${loc.length} names deep`);
  if (isGiven(type) && !isString(type)) throw wrong('type', 'a string');
  if (isGiven(readOnly) && typeof readOnly !== 'boolean') throw wrong('readOnly', 'true or false');
  if (isGiven(declarations) && !isList(declarations)) throw wrong('declarations', 'a list');
  const description = isGiven(value.description) ? textIn(value.description) : undefined;
  if (isGiven(value.description) && description === undefined) throw wrong('description', 'a text');
  const file = isGiven(declarations) ? fileOf(declarations[0]) : undefined;
  return {
    loc,
    readOnly: readOnly === true,
    ...(isGiven(type) && { type }),
    ...(file !== undefined && { file }),
    ...(description !== undefined && { description: description.trim() }),
    ...('default' in value && { default: wordsOf(value.default) }),
    ...('example' in value && { example: wordsOf(value.example) }),
  };
}

/** A text, bare or marked as Markdown or code. */
function textIn(value: unknown): string | undefined {
  if (isString(value)) return value;
  return isObject(value) && isString(value._type) && isString(value.text) ? value.text : undefined;
}

/** A default or an example: a text with a mark, or the value itself (before NixOS 22.11). */
function wordsOf(value: unknown): Words {
  if (isObject(value) && isString(value._type) && isString(value.text)) {
    return { text: value.text.trim(), isCode: !/MD|DocBook/.test(value._type) };
  }
  try {
    return { text: print(fromJs(value)).trim(), isCode: true };
  } catch {
    // Nix has no such text or number.
    return { text: '', isCode: false };
  }
}

/**
 * The file that declares an option, below the project that it belongs to. A declaration is a path, or a link whose name
 * is one; that of a folder means its default.nix.
 */
function fileOf(declaration: unknown): string | undefined {
  const path = isObject(declaration) ? declaration.name : declaration;
  if (!isString(path) || !path) return undefined;
  const file = pathInProject(path);
  return file === undefined || file.includes('.nix') ? file : `${file}/default.nix`;
}

function pathInProject(path: string): string | undefined {
  const inside = /^<[^/>]+\/(.+)>$/s.exec(path) ?? /^\/nix\/store\/[^/]+\/(.+)$/s.exec(path);
  if (inside) return inside[1];
  return path.startsWith('/') ? /\/((?:nixos\/modules|modules)\/.+)$/s.exec(path)?.[1] : path;
}

const isString = (value: unknown): value is string => typeof value === 'string';
const isList = (value: unknown): value is unknown[] => Array.isArray(value);
const isGiven = <T>(value: T): value is NonNullable<T> => value !== undefined && value !== null;

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !isList(value);
}

function kindOf(value: unknown): string {
  if (value === undefined) return 'missing';
  if (value === null) return 'null';
  if (isList(value)) return value.length ? 'a list' : 'an empty list';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

function shown(name: string): string {
  return JSON.stringify(shortened(name, 100));
}

function objectIn(text: string): Record<string, unknown> {
  const json = text.replace(/^\uFEFF/, '');
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    throw unreadable(json.trim() ? `it is no JSON${breakIn(json)}` : 'it is empty');
  }
  if (!isObject(value)) throw unreadable(`it is ${kindOf(value)}, not an object of options by name`);
  if (!Object.keys(value).length) throw unreadable('there is no option in it');
  return value;
}

/** Where a text stops being JSON. */
function breakIn(json: string): string {
  const errors: ParseError[] = [];
  try {
    parseLeniently(json, errors, { disallowComments: true });
  } catch {
    // It nests deeper than this parser goes.
  }
  const [first] = errors;
  if (!first) return '';
  const { line, column } = lineAndColumn(json, first.offset);
  const place = `in line ${line}, column ${column} (byte ${Buffer.byteLength(json.slice(0, first.offset))})`;
  const isCut =
    first.offset + first.length >= json.trimEnd().length && printParseErrorCode(first.error) !== 'InvalidSymbol';
  return isCut ? `: it ends ${place} before it is complete` : ` ${place}`;
}

function unreadable(problem: string) {
  return failure({
    code: 'options-json',
    message: `cannot read the options: ${problem}`,
    help: 'give a whole options.json, as nixosOptionsDoc makes it: share/doc/nixos/options.json of its optionsJSON',
  });
}
