import { readFileSync } from 'node:fs';
import { failure } from '../diagnostics';
import type { ModuleClass } from './config';
import { isOption, type Option, type OptionTree } from './type';

/**
 * The options of one module system.
 *
 * Its file is lines of JSON: the first says what it is and which parts of the tree follow, one a line. A part is read when
 * something in it is first asked for.
 */
export interface OptionTable extends Origin {
  readonly options: OptionTree;
}

/** Where a table comes from. */
export interface Origin {
  readonly class: ModuleClass;
  /** `import`: from the user's own inputs, so that it is right; `bundled`: it came with cdknix, and may be older than they. */
  readonly source: 'import' | 'bundled';
  /** The release that it describes, as upstream says it. */
  readonly release: string;
  /** The modules beyond the system's own that it has the options of, as the flake writes them. */
  readonly modules?: readonly string[];
  /** The channel whose published options it has: these are of the user's release, but not of the user's lock. */
  readonly channel?: string;
  /** The published files that it has options of too: what these say of types is prose, and of inputs nothing. */
  readonly files?: readonly string[];
}

/** Whether what contradicts a table is wrong for certain. */
export function isCertain({ source, files, channel }: Origin): boolean {
  return source === 'import' && !files?.length && channel === undefined;
}

/** The module systems as people call them. */
export const systems = { nixos: 'NixOS', darwin: 'nix-darwin', home: 'Home Manager' } as const;

/** The module system and the release that a table describes. */
export const releaseOf = ({ class: of, release }: Origin) => `${systems[of]} ${release}`;

interface Header extends Origin {
  readonly cdknix: typeof version;
  readonly parts: readonly Part[];
}

/** The name of a member that is a line of its own, or of a group that is divided again. */
type Part = string | readonly [name: string, parts: readonly Part[]];

/** Counts changes of the format. */
const version = 1;

/** A group larger than this is divided, so that little is read for one option: bytes of JSON. */
const partSize = 16_384;

/**
 * Reads the table in a file.
 *
 * @throws Error if it is no table, or one of another version, or not complete
 */
export function readTable(file: string): OptionTable {
  const bytes = readFileSync(file);
  const ends = lineEnds(bytes);
  const line = (index: number) => bytes.toString('utf8', index ? ends[index - 1]! + 1 : 0, ends[index]);
  const { cdknix: _, parts, ...origin } = headerOf(ends.length ? line(0) : '');
  if (ends.length !== 1 + countOf(parts) || ends.at(-1) !== bytes.length - 1) {
    throw new Error('it is not complete, or it was edited');
  }
  return { ...origin, options: treeOf(parts, 1, (index) => parse(line(index), file)) };
}

function lineEnds(bytes: Buffer): number[] {
  const ends: number[] = [];
  for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) ends.push(at);
  return ends;
}

function headerOf(line: string): Header {
  let header: Partial<Header> | undefined;
  try {
    header = JSON.parse(line) as Partial<Header>;
  } catch {}
  const format = header?.cdknix;
  if (typeof format === 'number' && format !== version) {
    throw new Error(`its format is version ${format}, and this cdknix reads version ${version}`);
  }
  if (format !== version || !isParts(header?.parts)) throw new Error('it is not an option table');
  return header as Header;
}

function isParts(value: unknown): boolean {
  return (
    Array.isArray(value) &&
    value.every(
      (part) => typeof part === 'string' || (Array.isArray(part) && typeof part[0] === 'string' && isParts(part[1])),
    )
  );
}

function countOf(parts: readonly Part[]): number {
  return parts.reduce((count, part) => count + (typeof part === 'string' ? 1 : countOf(part[1])), 0);
}

/** A group whose members are made when they are first read; its first part is in the line `index`. */
function treeOf(parts: readonly Part[], index: number, read: (line: number) => Option | OptionTree): OptionTree {
  // An object without a prototype takes many members in less time.
  const tree: OptionTree = Object.create(null);
  let next = index;
  for (const part of parts) {
    const first = next;
    const [name, inner] = typeof part === 'string' ? [part] : part;
    next += inner ? countOf(inner) : 1;
    Object.defineProperty(tree, name, {
      enumerable: true,
      configurable: true,
      get() {
        const value = inner ? treeOf(inner, first, read) : read(first);
        Object.defineProperty(tree, name, { value });
        return value;
      },
    });
  }
  return tree;
}

function parse(line: string, file: string): Option | OptionTree {
  try {
    return JSON.parse(line) as Option | OptionTree;
  } catch {
    throw failure({
      code: 'options-table',
      message: `the option table ${file} is damaged`,
      help: 'make it anew with cdknix import, or install cdknix again if the file is its own',
    });
  }
}

/** The text of a table's file. */
export function showTable({ options, ...origin }: OptionTable): string {
  const lines: string[] = [];
  const header: Header = { cdknix: version, ...origin, parts: partsOf(options, lines) };
  return [JSON.stringify(header), ...lines, ''].join('\n');
}

/** Adds the lines of a group; returns what the header says of them. */
function partsOf(tree: OptionTree, lines: string[]): Part[] {
  return Object.keys(tree)
    .sort()
    .map((name) => {
      const member = tree[name]!;
      const json = JSON.stringify(member);
      if (!isOption(member) && json.length > partSize) return [name, partsOf(member, lines)];
      lines.push(json);
      return name;
    });
}
