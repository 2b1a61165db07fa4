import type { ArrayCode, Arrow, Call, Code, Member, ObjectCode, Property, Remarks, Template } from './code';
import { call, word } from './code';
import { stringLiteral } from './literals';
import { isBare } from './names';

/** Columns of a line, as `init` formats files. */
export const width = 120;

/** Where code is put: the indentation of its line, its first column, and how much follows it on its last line. */
export interface Place {
  readonly indent: number;
  readonly column: number;
  readonly after: number;
  /** Whether types are left out, so that it is JavaScript. */
  readonly erased?: boolean | undefined;
}

/** The text of code, laid out as Biome does it. */
export function printCode(code: Code, place: Place): string {
  const line = flat(code, place.erased);
  if (line !== undefined && place.column + line.length + place.after <= width) return line;
  return tall(code, place);
}

/** Code on one line is not looked at any longer than that. */
const longest = 1000;

const known = [new WeakMap<Code, string | null>(), new WeakMap<Code, string | null>()] as const;

/** Code on one line, however long that is; nothing if it needs several. */
export function flat(code: Code, erased = false): string | undefined {
  const lines = known[erased ? 1 : 0];
  let line = lines.get(code);
  if (line === undefined) {
    line = lineOf(code, erased) ?? null;
    if (line !== null && line.length > longest) line = null;
    lines.set(code, line);
  }
  return line ?? undefined;
}

function lineOf(code: Code, erased: boolean): string | undefined {
  switch (code.kind) {
    case 'word':
      return code.word;
    case 'text':
      return stringLiteral(code.value);
    case 'template':
      return code.chunks.some((chunk) => chunk.includes('\n')) ? undefined : templateLine(code, erased);
    case 'member': {
      const of = flat(code.of, erased);
      return of === undefined ? undefined : of + selection(code.name);
    }
    case 'call': {
      const fn = flat(code.fn, erased);
      const args = isComposition(code.args) ? undefined : all(code.args, erased);
      return fn === undefined || !args ? undefined : `${fn}(${args.join(', ')})`;
    }
    case 'array': {
      if (hasRemarks(code.items, code.below) || isTable(code)) return undefined;
      const items = all(
        code.items.map(({ value }) => value),
        erased,
      );
      return items && `[${items.join(', ')}]`;
    }
    case 'object': {
      if (hasRemarks(code.members, code.below)) return undefined;
      const values = all(
        code.members.map(({ value }) => value),
        erased,
      );
      if (!values) return undefined;
      return values.length ? `{ ${values.map((value, i) => property(code.members[i]!, value)).join(', ')} }` : '{}';
    }
    case 'arrow': {
      const body = flat(code.body, erased);
      return body === undefined ? undefined : `${parameters(code, erased)} => ${bodyOf(code, body)}`;
    }
  }
}

function all(codes: readonly Code[], erased: boolean): string[] | undefined {
  const lines: string[] = [];
  for (const code of codes) {
    const line = flat(code, erased);
    if (line === undefined) return undefined;
    lines.push(line);
  }
  return lines;
}

const hasRemarks = (of: readonly Remarks[], below?: readonly string[]) =>
  !!below?.length || of.some(({ above, behind }) => above?.length || behind !== undefined);

/** Whether an array is one that is never on one line: of several objects, or arrays, of more than one member. */
function isTable({ items }: ArrayCode): boolean {
  if (items.length < 2) return false;
  const isRow = ({ value }: { value: Code }) =>
    (value.kind === 'object' && value.members.length > 1) || (value.kind === 'array' && value.items.length > 1);
  return items.every((one) => isRow(one) && one.value.kind === items[0]!.value.kind);
}

const selection = (name: string) => (isBare(name) ? `.${name}` : `[${stringLiteral(name)}]`);

function key(name: string): string {
  // As a plain name in an object it would be its prototype.
  if (name === '__proto__') return `['__proto__']`;
  return isBare(name) ? name : stringLiteral(name);
}

function property({ name, value }: Property, printed: string): string {
  return value.kind === 'word' && value.word === name && name !== '__proto__' ? name : `${key(name)}: ${printed}`;
}

function parameters({ parameters, type }: Arrow, erased: boolean): string {
  const as = type === undefined || erased ? '' : `: ${type}`;
  const shown = parameters.map((one) => {
    if (typeof one === 'string') return one + as;
    const members = one.map(([name, local]) => (name === local ? name : `${key(name)}: ${local}`));
    return `{ ${members.join(', ')} }${as}`;
  });
  return `(${shown.join(', ')})`;
}

const bodyOf = ({ body }: Arrow, printed: string) => (body.kind === 'object' ? `(${printed})` : printed);

/** Code on several lines. */
function tall(code: Code, place: Place): string {
  switch (code.kind) {
    case 'word':
    case 'text':
      return lineOf(code, false)!;
    case 'template':
      return template(code, place);
    case 'member':
      return memberOf(code, place);
    case 'call':
      return callOf(code, place);
    case 'array':
      return arrayOf(code, place);
    case 'object':
      return objectOf(code, place);
    case 'arrow':
      return arrow(code, place);
  }
}

const inner = ({ indent, erased }: Place, after = 1): Place => ({
  indent: indent + 2,
  column: indent + 2,
  after,
  erased,
});
const pad = (count: number) => ' '.repeat(count);

function templateLine({ tag = '', chunks, values }: Template, erased: boolean): string {
  return `${tag}\`${chunks.map((chunk, i) => chunk + (i < values.length ? `\${${valueIn(values[i]!, erased)}}` : '')).join('')}\``;
}

/** A value in a template, which no formatter lays out. */
function valueIn(value: Code, erased: boolean): string {
  return flat(value, erased) ?? printCode(value, { indent: 0, column: 0, after: 0, erased });
}

function template(code: Template, { indent, erased = false }: Place): string {
  const printed = templateLine(code, erased);
  if (!code.indents) return printed;
  const lines = printed.split('\n');
  const last = lines.length - 1;
  return lines
    .map((line, i) => {
      if (i === 0 || line === '') return line;
      return pad(i === last && line === '`' ? indent : indent + 2) + line;
    })
    .join('\n');
}

function memberOf({ of, name }: Member, place: Place): string {
  const line = flat(of, place.erased);
  const isShort = line !== undefined && place.column + line.length <= width;
  if (!isShort || of.kind === 'word') return printCode(of, place) + selection(name);
  return `${line}\n${pad(place.indent + 2)}${selection(name)}`;
}

function callOf(code: Call, place: Place): string {
  const { fn, args } = code;
  const { erased } = place;
  const chain = chainOf(code);
  if (chain && flat(code, erased) !== undefined) return printChain(chain, place);
  const head = printCode(fn, { ...place, after: 1 });
  const open = `${head}(`;
  const column = endColumn(open, place.column);
  const last = args.at(-1);
  if (!last) return `${open})`;
  if (args.length === 1 && last.kind === 'template' && flat(last, erased) === undefined) {
    return `${open}${printCode(last, { ...place, column, after: place.after + 1 })})`;
  }
  const before = isComposition(args) ? undefined : all(args.slice(0, -1), erased ?? false);
  const lead = before?.map((one) => `${one}, `).join('');
  if (lead !== undefined && isHugged(args) && column + lead.length + 1 <= width) {
    const at = { ...place, column: column + lead.length, after: place.after + 1 };
    const hugged = last.kind === 'arrow' ? huggedArrow(last, at) : tall(last, at);
    if (!hasLongFirstLine(hugged, at.column)) return `${open}${lead}${hugged})`;
  }
  const lines = args.map((arg) => `${pad(place.indent + 2)}${printCode(arg, inner(place))},`);
  return `${open}\n${lines.join('\n')}\n${pad(place.indent)})`;
}

/** A selection from several calls, one after the other, and the variable that it starts at. */
interface Chain {
  readonly start: Code;
  /** Each ends with a call. */
  readonly links: readonly { readonly names: readonly string[]; readonly args: readonly Code[] }[];
}

function chainOf(code: Call): Chain | undefined {
  const links: { names: string[]; args: readonly Code[] }[] = [];
  let at: Code = code;
  while (at.kind === 'call') {
    const names: string[] = [];
    const { args }: Call = at;
    at = at.fn;
    while (at.kind === 'member') {
      names.unshift(at.name);
      at = at.of;
    }
    if (!names.length) return undefined;
    links.unshift({ names, args });
  }
  return links.length > 1 ? { start: at, links } : undefined;
}

function printChain({ start, links }: Chain, place: Place): string {
  const inside = inner(place);
  const lines = links.map(({ names, args }) => {
    const path = names.map(selection).join('');
    return printCode(call(word(path), ...args), inside);
  });
  return [printCode(start, place), ...lines.map((line) => pad(inside.indent) + line)].join('\n');
}

/** Whether the last argument opens on the line of the call. */
function isHugged(args: readonly Code[]): boolean {
  const last = args.at(-1)!;
  const before = args.at(-2);
  if (before?.kind === last.kind || (before?.kind === 'arrow' && last.kind === 'array' && args.length === 2))
    return false;
  if (last.kind === 'object') return last.members.length > 0 || !!last.below?.length;
  if (last.kind === 'array')
    return last.items.length > 0 && !(args.length > 1 && isNumbers(last) && !hasRemarks(last.items, last.below));
  return (
    last.kind === 'arrow' && (last.body.kind === 'object' || last.body.kind === 'array' || last.body.kind === 'call')
  );
}

/** Whether code is a template of one line that is too long. */
const isLongLine = (code: Code, { erased }: Place) => code.kind === 'template' && flat(code, erased) !== undefined;

/** Whether code starts on the line of what it belongs to. */
const isOpen = ({ kind }: Code) => kind === 'object' || kind === 'array' || kind === 'template';

/** A function as the last argument. */
function huggedArrow(code: Arrow, place: Place): string {
  if (isOpen(code.body)) return arrow(code, place);
  return `${arrow(code, { ...place, after: 1 })},\n${pad(place.indent)}`;
}

/** Whether functions are put together by a call: then each argument has a line of its own. */
function isComposition(args: readonly Code[]): boolean {
  if (args.length < 2) return false;
  const functions = args.filter(({ kind }) => kind === 'arrow').length;
  return functions > 1 || args.some((arg) => arg.kind === 'call' && arg.args.some(({ kind }) => kind === 'arrow'));
}

function hasLongFirstLine(text: string, column: number): boolean {
  const end = text.indexOf('\n');
  return column + (end < 0 ? text.length : end) > width;
}

function endColumn(text: string, column: number): number {
  const start = text.lastIndexOf('\n');
  return start < 0 ? column + text.length : text.length - start - 1;
}

const isNumber = (code: Code) => code.kind === 'word' && /^-?[\d.]/.test(code.word);
const isNumbers = ({ items }: ArrayCode) => items.length > 1 && items.every(({ value }) => isNumber(value));

function arrayOf(code: ArrayCode, place: Place): string {
  if (!code.items.length && !code.below?.length) return '[]';
  const end = pad(place.indent);
  if (isNumbers(code) && !hasRemarks(code.items, code.below)) return `[\n${filled(code, place)}\n${end}]`;
  const lines = code.items.flatMap((one) => remarked(one, `${printCode(one.value, inner(place))},`, place.indent + 2));
  return `[\n${[...withoutBlankStart(lines), ...remarks(code.below, place.indent + 2)].join('\n')}\n${end}]`;
}

/** Numbers, as many on a line as it takes. */
function filled({ items }: ArrayCode, { indent, erased = false }: Place): string {
  const lines: string[] = [];
  let line = pad(indent + 2);
  items.forEach(({ value }, i) => {
    const number = `${flat(value, erased)},`;
    const gap = i > 0 && line.trim() !== '' ? ' ' : '';
    if (gap && line.length + gap.length + number.length > width) {
      lines.push(line);
      line = pad(indent + 2) + number;
    } else line += gap + number;
  });
  return [...lines, line].join('\n');
}

function objectOf(code: ObjectCode, place: Place): string {
  if (!code.members.length && !code.below?.length) return '{}';
  const lines = code.members.flatMap((one) => remarked(one, `${propertyOf(one, place)},`, place.indent + 2));
  const below = remarks(code.below, place.indent + 2);
  return `{\n${[...withoutBlankStart(lines), ...below].join('\n')}\n${pad(place.indent)}}`;
}

function propertyOf(one: Property, place: Place): string {
  const { value } = one;
  const head = `${key(one.name)}: `;
  const at = inner(place);
  const line = flat(value, at.erased);
  const isTooLong = line !== undefined && at.column + head.length + line.length + 1 > width;
  // What cannot be broken well goes to a line of its own, but not for the sake of a few columns.
  const isStiff =
    value.kind === 'text' || (value.kind === 'member' && isTooLong && at.column + 2 + line.length + 1 <= width);
  if (isTooLong && isStiff && head.length > 6) return `${head.trimEnd()}\n${pad(at.indent + 2)}${line}`;
  return property(one, printCode(value, { ...at, column: at.column + head.length }));
}

function arrow(code: Arrow, place: Place): string {
  const head = `${parameters(code, place.erased ?? false)} => `;
  if (isOpen(code.body) && !isLongLine(code.body, place)) {
    const wrapped = code.body.kind === 'object' ? 1 : 0;
    const column = place.column + head.length + wrapped;
    return head + bodyOf(code, printCode(code.body, { ...place, column, after: place.after + wrapped }));
  }
  return `${head.trimEnd()}\n${pad(place.indent + 2)}${printCode(code.body, inner(place, place.after))}`;
}

/** The lines of something with its comments. */
function remarked({ above, behind }: Remarks, code: string, indent: number): string[] {
  return [...remarks(above, indent), pad(indent) + code + (behind === undefined ? '' : ` ${lineComment(behind)}`)];
}

/** Comments, each on a line of its own; an empty one is a blank line. */
export function remarks(lines: readonly string[] = [], indent = 0): string[] {
  return lines.map((line) => (line === '' ? '' : pad(indent) + lineComment(line)));
}

const lineComment = (line: string) => `//${line.startsWith('/') || line.trim() === '' ? '' : ' '}${line.trim()}`;

/** A formatter takes a blank line at the start of a block away. */
function withoutBlankStart(lines: readonly string[]): readonly string[] {
  return lines[0] === '' ? lines.slice(1) : lines;
}
