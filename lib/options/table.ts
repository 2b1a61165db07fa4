import { readFileSync } from 'node:fs';
import type { ModuleClass } from './config';
import { isOption, type OptionTree } from './type';

/**
 * The options of one module system.
 *
 * Its file has a line of JSON for each part of the tree, after a first line that says what it is and where the parts are.
 * A part is read when something in it is first asked for.
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
}

interface Header extends Origin {
  readonly cdknix: typeof version;
  /** The names of each part, and how many bytes its line has. */
  readonly parts: readonly (readonly [path: readonly string[], length: number])[];
}

/** Counts changes of the format. */
const version = 1;

/** A subtree larger than this is divided, so that little is read for one option: bytes of JSON. */
const partSize = 16_384;

/**
 * Reads the table in a file.
 *
 * @throws Error if it is no table, or one of another version
 */
export function readTable(file: string): OptionTable {
  const bytes = readFileSync(file);
  const end = bytes.indexOf(10);
  const header = headerOf(bytes.toString('utf8', 0, end < 0 ? 0 : end));
  const options = {};
  let start = end + 1;
  for (const [path, length] of header.parts) {
    const from = start;
    start += length + 1;
    if (start > bytes.length) throw new Error('it is not complete');
    define(options, path, () => JSON.parse(bytes.toString('utf8', from, from + length)) as OptionTree);
  }
  const { cdknix: _, parts: __, ...origin } = header;
  return { ...origin, options };
}

function headerOf(line: string): Header {
  let header: Partial<Header> | undefined;
  try {
    header = JSON.parse(line) as Partial<Header>;
  } catch {}
  if (typeof header?.cdknix !== 'number' || !Array.isArray(header.parts)) throw new Error('it is not an option table');
  if (header.cdknix !== version) {
    throw new Error(`its format is version ${header.cdknix}, and this cdknix reads version ${version}`);
  }
  return header as Header;
}

/** Puts a member in a tree that is made when it is first read. */
function define(tree: object, path: readonly string[], read: () => OptionTree): void {
  const name = path.at(-1)!;
  let at = tree;
  for (const group of path.slice(0, -1)) {
    if (!Object.hasOwn(at, group)) Object.defineProperty(at, group, { value: {}, enumerable: true });
    at = (at as Record<string, object>)[group]!;
  }
  Object.defineProperty(at, name, {
    enumerable: true,
    configurable: true,
    get() {
      const value = read();
      Object.defineProperty(at, name, { value, enumerable: true });
      return value;
    },
  });
}

/** The text of a table's file. */
export function showTable({ options, ...origin }: OptionTable): string {
  const parts = partsOf(options, []);
  const header: Header = {
    cdknix: version,
    ...origin,
    parts: parts.map(([path, json]) => [path, Buffer.byteLength(json)]),
  };
  return [JSON.stringify(header), ...parts.map(([, json]) => json), ''].join('\n');
}

function partsOf(tree: OptionTree, path: readonly string[]): (readonly [readonly string[], string])[] {
  return Object.keys(tree)
    .sort()
    .flatMap((name) => {
      const member = tree[name]!;
      const here = [...path, name];
      const json = JSON.stringify(member);
      return isOption(member) || json.length <= partSize || !Object.keys(member).length
        ? [[here, json] as const]
        : partsOf(member, here);
    });
}
