/** What a member of JavaScript's own values is in Nix, by what it is asked of; `value` stands for that. */
interface InNix {
  readonly text?: string;
  readonly list?: string;
  readonly set?: string;
}

const piece = 'lib.substring(0, 1, value)';
const shorter = { text: 'lib.substring(0, 3, value)', list: 'lib.sublist(0, 3, value)' };
const sorted = { list: 'lib.sort((a, b) => lt(a, b), value)' };
const reversed = { list: 'lib.reverseList(value)' };
const longer = { list: 'concat(value, […])' };
const place = { list: 'lib.lists.findFirstIndex((one) => …, null, value)' };
const sum = { list: "lib.foldl'((sum, one) => …, 0, value)" };
const trimmed = { text: 'lib.trim(value)' };
const upper = { text: 'lib.toUpper(value)' };
const lower = { text: 'lib.toLower(value)' };
const replaced = { text: "lib.replaceStrings(['a'], ['b'], value)" };
const padded = { text: "lib.fixedWidthString(8, ' ', value)" };
const matched = { text: "builtins.match('regex', value)" };

/** The functions of nixpkgs' library that do what a member of a string, an array or an object does. */
const inNix: ReadonlyMap<string, InNix> = new Map<string, InNix>([
  ['length', { text: 'lib.stringLength(value)', list: 'lib.length(value)', set: 'lib.length(lib.attrNames(value))' }],
  ['includes', { text: "lib.hasInfix('a', value)", list: 'lib.elem(one, value)', set: "has(value, 'name')" }],
  ['toUpperCase', upper],
  ['toLocaleUpperCase', upper],
  ['toLowerCase', lower],
  ['toLocaleLowerCase', lower],
  ['trim', trimmed],
  ['trimStart', trimmed],
  ['trimEnd', trimmed],
  ['split', { text: "lib.splitString('.', value)" }],
  ['replace', replaced],
  ['replaceAll', replaced],
  ['startsWith', { text: "lib.hasPrefix('a', value)" }],
  ['endsWith', { text: "lib.hasSuffix('a', value)" }],
  ['slice', shorter],
  ['substring', shorter],
  ['substr', shorter],
  ['charAt', { text: piece }],
  ['at', { text: piece, list: 'lib.elemAt(value, 0)' }],
  ['padStart', padded],
  ['padEnd', padded],
  ['repeat', { text: 'lib.concatStrings(lib.replicate(3, value))' }],
  ['match', matched],
  ['matchAll', matched],
  ['search', matched],
  ['concat', { text: 'str`${value}…`', list: 'concat(value, […])' }],
  ['map', { list: 'lib.map((one) => …, value)', set: 'lib.mapAttrs((name, one) => …, value)' }],
  ['forEach', { list: 'lib.map((one) => …, value)', set: 'lib.mapAttrs((name, one) => …, value)' }],
  ['filter', { list: 'lib.filter((one) => …, value)', set: 'lib.filterAttrs((name, one) => …, value)' }],
  ['join', { list: "lib.concatStringsSep(', ', value)" }],
  ['push', longer],
  ['unshift', longer],
  ['with', longer],
  ['flat', { list: 'lib.flatten(value)' }],
  ['flatMap', { list: 'lib.concatMap((one) => …, value)' }],
  ['find', { list: 'lib.findFirst((one) => …, null, value)' }],
  ['findLast', { list: 'lib.findFirst((one) => …, null, lib.reverseList(value))' }],
  ['findIndex', place],
  ['findLastIndex', place],
  ['indexOf', place],
  ['lastIndexOf', place],
  ['some', { list: 'lib.any((one) => …, value)' }],
  ['every', { list: 'lib.all((one) => …, value)' }],
  ['reduce', sum],
  ['reduceRight', { list: 'lib.foldr((one, sum) => …, 0, value)' }],
  ['reverse', reversed],
  ['toReversed', reversed],
  ['sort', sorted],
  ['toSorted', sorted],
  ['keys', { list: 'lib.range(0, 9)', set: 'lib.attrNames(value)' }],
  ['values', { set: 'lib.attrValues(value)' }],
  ['entries', { list: 'lib.imap0((index, one) => …, value)', set: 'lib.attrsToList(value)' }],
]);

const own: ReadonlySet<string> = new Set(
  [String, Array, Number, Boolean, Function, Object].flatMap((one) => Object.getOwnPropertyNames(one.prototype)),
);

/** Whether strings, arrays, numbers or objects of JavaScript have a member of that name: a method, or an index. */
export function isJsMember(name: string): boolean {
  return own.has(name) || /^\d+$/.test(name);
}

/** What to write in the place of a member of a JavaScript value. */
export function insteadOfMember(name: string, of: keyof InNix | undefined): string {
  if (/^\d+$/.test(name)) {
    return of === 'text' ? `write lib.substring(${name}, 1, value)` : `write lib.elemAt(value, ${name})`;
  }
  const { text, list, set } = inNix.get(name) ?? {};
  const words = of ? { text, list, set }[of] : (text ?? list ?? set);
  return words === undefined
    ? 'a function of lib does it in Nix, called with the value; or write it in Nix: nix`… ${value} …`'
    : `write ${words}`;
}
