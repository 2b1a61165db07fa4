import { leafPosition, type Position, sourcePosition } from '../../diagnostics';
import type { Definition } from '../../module';
import { type Expr, exprOf } from '../../nix';
import type { Place } from '../../options/check/check';
import { type Entry, entriesOf, membersOf, plain } from '../../options/resolve/entries';
import { type Fill, formOf, numberOf, type Shape, shapeOf } from '../../options/shape';
import { getOrInsert } from '../get-or-insert';
import type { SourcedContribution } from '../sourced-contribution';

/** Who wrote something, and where. */
export interface Origin {
  readonly construct: string;
  /** In the user's own file. */
  readonly position?: Position;
  /** Why cdknix wrote it for the construct. */
  readonly reason?: string;
}

/** Something that is said, down to what is no set any more. */
interface Leaf extends Entry<undefined> {
  readonly names: readonly string[];
}

/** Where a leaf comes from. */
interface Written {
  readonly source: SourcedContribution;
  readonly definition: Definition;
  readonly place: Place;
}

/** Finds out whose the definitions in one file are. */
export class Origins {
  /** By the code of a value, or by the names of one that is inherited and has no code of its own. */
  private readonly written = new Map<Expr | string, Written[]>();

  /**
   * @param config what the file defines
   * @param groups constructs whose definitions stand together in it; one group or another, where several say the same
   * @param fill what stands in the place of a hole in them
   */
  constructor(
    config: unknown,
    private readonly groups: readonly (readonly SourcedContribution[])[],
    private readonly fill: Fill,
  ) {
    const shown = byNames(leavesIn(config, nothing));
    for (const group of groups) this.match(shown, group);
  }

  /**
   * Who wrote a value in the file.
   *
   * @param names what it is the value of
   * @param inner the way to a part of it, such as the index of an element
   */
  of(value: unknown, names: readonly string[], inner: Place = []): Origin[] {
    const found = leavesIn(value, nothing).flatMap((leaf) => {
      return this.written.get(keyOfLeaf({ ...leaf, names: [...names, ...leaf.names] })) ?? [];
    });
    if (!found.length) return this.ofWhole();
    const origins = new Map<string, Origin>();
    for (const one of found) {
      for (const origin of originsOf(one, found.length === 1 ? inner : [])) origins.set(JSON.stringify(origin), origin);
    }
    return [...origins.values()];
  }

  /** Who imports a module that is written among the imports of the file. */
  ofImport(index: number): Origin[] {
    return this.groups.flatMap((group) => {
      const all = group.flatMap(({ path, imports }) => imports.map((one) => ({ construct: path, ...one })));
      const one = all[index];
      return one ? [{ construct: one.construct, ...mapped(one.position) }] : [];
    });
  }

  /** Who imports the module that the file is, where it is one that was written as a whole. */
  private ofWhole(): Origin[] {
    const isWhole = this.groups.some(([only, ...more]) => {
      return only && !more.length && !only.definitions.length && only.imports.length === 1;
    });
    return isWhole ? this.ofImport(0) : [];
  }

  /** Finds what constructs say among what a file says: the same values at the same names, in the same order. */
  private match(shown: ReadonlyMap<string, Leaf[]>, group: readonly SourcedContribution[]): void {
    const said = new Map<string, { readonly written: Written; readonly key: string }[]>();
    for (const source of group) {
      for (const definition of source.definitions) {
        for (const leaf of leavesIn(definition.config, this.fill)) {
          const written = { source, definition, place: leaf.place };
          getOrInsert(said, JSON.stringify(leaf.names), () => []).push({ written, key: keyOf(leaf, this.fill) });
        }
      }
    }
    for (const [names, all] of said) {
      const leaves = shown.get(names) ?? [];
      const open = new Set(leaves);
      const byKey = new Map<string, Leaf[]>();
      for (const leaf of leaves) getOrInsert(byKey, keyOf(leaf, nothing), () => []).push(leaf);
      const others: Written[] = [];
      for (const { written, key } of all) {
        const same = byKey.get(key);
        // What is said twice may be written once.
        const leaf = same && same.length > 1 ? same.shift() : same?.[0];
        if (leaf) this.note(leaf, written);
        else others.push(written);
        if (leaf) open.delete(leaf);
      }
      const rest = [...open];
      others.forEach((written, i) => {
        if (rest[i]) this.note(rest[i], written);
      });
    }
  }

  private note(leaf: Leaf, written: Written): void {
    getOrInsert(this.written, keyOfLeaf(leaf), () => []).push(written);
  }
}

const nothing: Fill = () => undefined;

const keyOfLeaf = ({ value, names }: Leaf) => exprOf(value) ?? JSON.stringify(names);

function originsOf({ source, definition, place }: Written, inner: Place): Origin[] {
  const { position, within = [], reason } = definition;
  if (reason) {
    return reason.causes.map((one) => ({ construct: one.path, ...mapped(one.position), reason: reason.text }));
  }
  const at = [...place.slice(within.length), ...inner];
  return [{ construct: source.path, ...(position?.file && { position: leafPosition(position, at) }) }];
}

const mapped = (position: Position | undefined) => (position?.file ? { position: sourcePosition(position) } : {});

/** What is said in a value, by the names on the way. */
export function leavesIn(value: unknown, fill: Fill): Leaf[] {
  const leaves: Leaf[] = [];
  add(entriesOf(value, plain, undefined, [], fill), []);
  return leaves;

  function add(entries: readonly Entry<undefined>[], names: readonly string[]): void {
    for (const entry of entries) {
      const members = names.length < deepest ? membersOf(entry) : undefined;
      if (!members) leaves.push({ ...entry, names });
      for (const name of Object.keys(members ?? {})) {
        const inner = entriesOf(members![name], entry, undefined, [...entry.place, name], fill);
        add(inner, [...names, name]);
      }
    }
  }
}

/** Deeper than any configuration. */
const deepest = 500;

function byNames(leaves: readonly Leaf[]): Map<string, Leaf[]> {
  const found = new Map<string, Leaf[]>();
  for (const leaf of leaves) getOrInsert(found, JSON.stringify(leaf.names), () => []).push(leaf);
  return found;
}

/** The same for the same values, however they are written. */
function keyOf({ shape }: Leaf, fill: Fill): string {
  if (Array.isArray(shape)) return `[${shape.map((one) => keyOfShape(shapeOf(one, fill))).join()}]`;
  return keyOfShape(shape);
}

function keyOfShape(shape: Shape): string {
  const form = formOf(shape);
  if (form === 'str' || form === 'bool') return JSON.stringify(shape);
  return form === 'int' || form === 'float' ? String(numberOf(shape)) : form;
}
