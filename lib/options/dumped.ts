import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Doc, Docs } from './docs';
import { type Compound, type Facts, isOption, type OptionTree, type OptionType } from './type';

/** What the dumper prints: a tree in which upstream's words stand beside each option, if they were asked for. */
export interface Dump {
  readonly [name: string]: DumpedOption | Dump;
}

export type DumpedOption = [type: OptionType, facts?: Facts, doc?: Doc];

/** What is known of the options of a configuration. */
export interface Dumped {
  readonly options: OptionTree;
  /** Upstream's words, if they were asked for. */
  readonly docs: Docs;
}

/**
 * The text of the dumper: a Nix function that takes `{ lib, options, withDocs ? false, steps ? null }`, where `options` is
 * that attribute of an evaluated configuration, and gives a string for `readDump`; with `steps`, traces for `dumpInSteps`.
 */
export function dumperText(): string {
  return readFileSync(join(__dirname, '../../data/dump-options.nix'), 'utf8');
}

/**
 * Reads what the dumper printed.
 *
 * @throws SyntaxError if it is not complete
 */
export function readDump(json: string): Dumped {
  return fromDump(JSON.parse(json) as Dump);
}

/** What a dump says. The dump is not to be used any more. */
export function fromDump(dump: Dump): Dumped {
  const docs = new Map<string, Doc>();
  takeDocs(dump, '', docs);
  return { options: dump as OptionTree, docs };
}

/** Moves the words of a tree's options from there to `docs`. */
function takeDocs(tree: Dump, prefix: string, docs: Map<string, Doc>): void {
  for (const [name, member] of Object.entries(tree)) {
    const place = prefix === '' ? name : `${prefix}.${name}`;
    if (!isOption(member as OptionTree[string])) {
      takeDocs(member as Dump, place, docs);
      continue;
    }
    const option = member as DumpedOption;
    const doc = option[2];
    if (doc) {
      // Of two alternatives with the same options, the first is the one that is described.
      if (Object.keys(doc).length && !docs.has(place)) docs.set(place, doc);
      option.length = Object.keys(option[1] ?? {}).length ? 2 : 1;
    }
    takeDocsOfType(option[0], place, docs);
  }
}

function takeDocsOfType(type: OptionType, place: string, docs: Map<string, Doc>): void {
  if (typeof type === 'string') return;
  if ('options' in type) takeDocs(type.options as Dump, place, docs);
  for (const [part, at] of partsOf(type, place)) takeDocsOfType(part, at, docs);
}

/** The types that a type is made of, and where their options are. */
function partsOf(type: Compound, place: string): readonly (readonly [OptionType, string])[] {
  switch (type.kind) {
    case 'listOf':
      return [[type.of, `${place}.*`]];
    case 'attrsOf':
      return [[type.of, `${place}.<name>`]];
    case 'functionTo':
      return [[type.of, `${place}.<function body>`]];
    case 'nullOr':
    case 'unique':
      return [[type.of, place]];
    case 'either':
      return type.of.map((member) => [member, place]);
    case 'coercedTo':
      return [
        [type.to, place],
        [type.from, place],
      ];
    case 'submodule':
      return type.freeform ? [[type.freeform, place]] : [];
    default:
      return [];
  }
}
