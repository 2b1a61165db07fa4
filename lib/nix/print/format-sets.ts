import type { AttrSet, Binding, Expr, Inherit, Item, Key, LegacyLet, Let, List } from '../ast';
import { parenthesised, term } from '../precedence';
import { hasComments, isPlain, isSimple } from './absorb';
import { CUT, type Doc, END, FIRST, GAP, GROUP, IN, LINE, OUT, Part, SPACE, type Step } from './doc';
import { behind, closingLines, ownLines } from './format-comments';
import { attrPath, key } from './format-strings';

/** `{ … }`, `rec { … }`. */
export function set(of: AttrSet, wide: boolean): Doc {
  const { items, last, rec, expanded } = of;
  const open = rec === true ? 'rec {' : '{';
  if (items.length === 0 && !hasComments(of)) return [`${open} }`];
  const edge = wide || expanded === true || items.length === 0 ? LINE : GAP;
  return [open, edge, IN, separated(items), closingLines(last), OUT, edge, '}'];
}

/** `let { … }`. */
export function legacyLet(of: LegacyLet): Doc {
  return ['let {', LINE, IN, content(of), OUT, LINE, '}'];
}

/** `let … in body`. */
export function letIn(of: Let): Doc {
  return [GROUP, 'let', LINE, IN, content(of), OUT, END, LINE, GROUP, 'in', LINE, of.body, END];
}

function content(of: Let | LegacyLet): Doc {
  // A blank line alone fills nothing.
  return of.items.length === 0 && !hasComments(of) ? [] : [separated(of.items), closingLines(of.last)];
}

function separated(items: readonly (Item | Expr)[], separator = LINE): Doc {
  const doc: Step[] = [];
  for (let i = 0; i < items.length; i++) {
    if (i > 0) doc.push(separator);
    const item = items[i]!;
    if (item.kind === 'binding' || item.kind === 'inherit') doc.push(item);
    else doc.push(GROUP, item, END);
  }
  return doc;
}

/** Up to how many segments of a path leave the value on its line. */
const SHORT_PATH = 4;

/** `a.b = value;`. */
export function binding({ path, value }: Binding): Doc {
  const rhs = new Part('rhs', value);
  const short = path.length <= SHORT_PATH && path.every(isPlain);
  const right: Doc = short ? [rhs] : [CUT, FIRST, rhs, END];
  return [GROUP, attrPath(path), IN, SPACE, '=', right, OUT, ';', END];
}

/** Up to how many names of an `inherit` may share a line. */
const SHORT_INHERIT = 3;

/** `inherit a b;`, `inherit (from) a b;`. */
export function inherit({ from, names, last, expanded }: Inherit): Doc {
  const isShort = names.length <= SHORT_INHERIT && expanded !== true;
  const separator = isShort ? GAP : LINE;
  const doc: Step[] = [GROUP, 'inherit'];
  if (from !== undefined) doc.push(IN, GROUP, GAP, parenthesised(from), END);
  else if (names.length > 0) doc.push(separator, IN);
  else doc.push(IN);
  names.forEach((name, index) => {
    if (index > 0 || from !== undefined) doc.push(separator);
    doc.push(inheritedName(name));
  });
  if (names.length > 0) doc.push(isShort ? CUT : LINE);
  doc.push(last === undefined ? '' : closingLines(last), ';', OUT, END);
  return doc;
}

function inheritedName(name: Key): Step {
  if (name.before === undefined && name.after === undefined) return key(name);
  return [ownLines(name.before), key(name), behind(name.after)];
}

/** Up to how many simple elements of a list share a line where the list is an argument but not the last. */
const SHORT_LIST = 6;

/** `[ … ]`. `argument`: it stands between other arguments. */
export function list(of: List, argument: boolean): Doc {
  return [GROUP, bareList(of, argument), END];
}

/** The same without a group of its own: it is laid out in lines if what is around it is. */
export function bareList(of: List, argument = false): Doc {
  const items = of.items.map(term);
  if (items.length === 0 && !hasComments(of)) return ['[ ]'];
  const edge = of.expanded === true || items.length === 0 ? LINE : GAP;
  const compact = argument && items.length <= SHORT_LIST && items.every((item) => isSimple(item));
  return ['[', edge, IN, separated(items, compact ? GAP : LINE), closingLines(of.last), OUT, edge, ']'];
}
