import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { type Binding, type Expr, freeVariables, type Item, parse, relativeReferences } from '../../nix';
import { attributeNames } from '../../nix/attribute-names';
import { treeOf } from '../../nix/tree-of';
import { pushChildren } from '../../nix/walk';
import { moduleBody } from '../../synth/module-body';
import type { Copy } from '../../synth/output';

/** A piece of an output: a file, an entry of the flake's outputs, or all there is. */
type Piece = { readonly file: string } | { readonly output: string; readonly name: string } | 'all';

/** What a piece says, and which others it refers to. */
interface Reading {
  readonly text: string | Buffer;
  readonly pieces: readonly Piece[];
}

/** Texts that are equal as long as what they stand for is the same. */
export interface Keys {
  /** The inputs of the flake, as it declares them. */
  readonly inputs: string;
  /** All that an entry of the flake's outputs may depend on. */
  keyOf(output: string, name: string): string;
}

/**
 * Finds out what each host and home is made of: the files that it imports, directly or not, and the entries of the flake
 * that these refer to. Where code may see anything of the flake, that is everything.
 */
export function keysOf(files: ReadonlyMap<string, string | Copy>): Keys {
  const readings = new Map<string, Reading>();
  const hashes = new Map<string, string>();
  const flake = flakeParts(files);
  return { inputs: flake.inputs, keyOf };

  function keyOf(output: string, name: string): string {
    const seen = new Map<string, Piece>();
    const queue: Piece[] = [{ output, name }];
    for (const piece of queue) {
      const id = idOf(piece);
      if (seen.has(id)) continue;
      seen.set(id, piece);
      queue.push(...reading(piece, id).pieces);
    }
    const ids = [...seen.keys()].sort();
    return ids.map((id) => `${id} ${hashes.get(id)}`).join('\n');
  }

  function reading(piece: Piece, id: string): Reading {
    let known = readings.get(id);
    if (!known) {
      known = read(piece);
      readings.set(id, known);
      hashes.set(id, hashOf(known.text));
    }
    return known;
  }

  function read(piece: Piece): Reading {
    if (piece === 'all') return { text: '', pieces: [...files.keys()].map((file) => ({ file })) };
    if ('output' in piece) {
      const entry = flake.entry(piece.output, piece.name);
      return entry ? { text: entry.text, pieces: piecesIn(entry.node, '.') } : { text: '', pieces: ['all'] };
    }
    const content = files.get(piece.file)!;
    const text = typeof content === 'string' ? content : readFileSync(content.source);
    if (!piece.file.endsWith('.nix')) return { text, pieces: [] };
    const tree = treeOf(text.toString());
    return { text, pieces: tree ? piecesIn(tree, posix.dirname(piece.file)) : [] };
  }

  function piecesIn(tree: Expr, folder: string): Piece[] {
    const referred = relativeReferences(tree).flatMap(({ path }) => filesAt(posix.join(folder, path)));
    return [...referred.map((file) => ({ file })), ...selfIn(tree)];
  }

  /** What a path may mean: a file, or all of a folder. */
  function filesAt(path: string): string[] {
    if (files.has(path)) return [path];
    const below = path === '.' ? '' : `${path.replace(/\/$/, '')}/`;
    const main = `${below}default.nix`;
    // A folder that is imported, unless it is copied for another reason: then all of it is the same project's.
    const inside = [...files.keys()].filter((file) => file.startsWith(below));
    return files.has(main) && typeof files.get(main) === 'string' ? [main] : inside;
  }
}

const idOf = (piece: Piece) =>
  piece === 'all' ? 'all' : 'file' in piece ? piece.file : `${piece.output}.${JSON.stringify(piece.name)}`;

function hashOf(text: string | Buffer): string {
  return createHash('sha256').update(text).digest('base64url');
}

/** What of the flake itself an expression refers to. */
function selfIn(tree: Expr): Piece[] {
  const pieces: Piece[] = [];
  const { free, maybe } = freeVariables(tree);
  if (free.has('self') || maybe.has('self')) return ['all'];
  const stack = [tree];
  for (let node = stack.pop(); node; node = stack.pop()) {
    if (node.kind === 'ident' && node.name === 'inputs') return ['all'];
    if (node.kind !== 'select' || node.of.kind !== 'ident' || node.of.name !== 'inputs') {
      pushChildren(node, stack);
      continue;
    }
    const [input, output, name] = attributeNames(node.path);
    if (input === undefined) return ['all'];
    if (input !== 'self') continue;
    if (output === undefined || name === undefined) return ['all'];
    pieces.push({ output, name });
  }
  return pieces;
}

/** The parts of `flake.nix`. */
function flakeParts(files: ReadonlyMap<string, string | Copy>) {
  const text = files.get('flake.nix') as string;
  const tree = parse(text);
  const items = tree.kind === 'set' ? tree.items : [];
  const textOf = ({ pos }: { readonly pos?: Expr['pos'] }) => (pos ? text.slice(pos.start, pos.end) : '');
  const [outputs] = membersAt(items, ['outputs']);
  const body = outputs && moduleBody(outputs.value);
  return {
    inputs: membersAt(items, ['inputs']).map(textOf).join('\n'),
    entry(output: string, name: string) {
      const [member] = body?.kind === 'set' ? membersAt(body.items, [output, name]) : [];
      return member && { text: textOf(member), node: member.value };
    },
  };
}

/** What is bound at or below a name, however the names on the way are nested. */
function membersAt(items: readonly Item[], names: readonly string[]): Binding[] {
  return items.flatMap((item) => {
    if (item.kind !== 'binding') return [];
    const path = attributeNames(item.path).slice(0, names.length);
    if (path.some((name, i) => name !== names[i])) return [];
    if (path.length === names.length) return [item];
    return item.value.kind === 'set' ? membersAt(item.value.items, names.slice(path.length)) : [];
  });
}
