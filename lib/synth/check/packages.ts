import { type Diagnostic, leafOf } from '../../diagnostics';
import { selectionsOf } from '../../nix/selections';
import { bundledTable } from '../../options/bundled';
import { nearestPackages, unknownPackage } from '../../options/package-names';
import type { Fill } from '../../options/shape';
import { oneOf, showPath } from '../../options/show-value';
import type { Assets } from '../assets';
import type { Channel } from '../channel';
import type { Fleet } from '../fleet';
import { getOrInsert } from '../get-or-insert';
import type { Copy } from '../output';
import { codeIn, type Inside, insideOf } from './code-in';
import type { OptionScopes } from './option-scopes';
import { type PackageSet, packageUses } from './package-sets';
import { isOfChannel, isOlder } from './table-age';
import { innermost } from './value-texts';

/** Names from the package set on, up to one that nixpkgs does not have. */
type Lacking = readonly string[];

/**
 * Packages that nixpkgs does not have: Nix would find them when it evaluates the machine.
 *
 * The output is searched, which costs next to nothing; what is found in it is then looked for in what the constructs say.
 *
 * @param files the output, by path
 */
export function checkPackages(
  fleet: Fleet,
  files: ReadonlyMap<string, string | Copy>,
  scopes: OptionScopes,
  assets: Assets,
  fill: Fill,
): Diagnostic[] {
  if (!mayLackPackages(files)) return [];
  const inside = insideOf(fill);
  const nearest = new Map<string, readonly string[]>();
  const diagnostics: Diagnostic[] = [];
  for (const { said, sets } of packageUses(fleet, scopes, assets, inside)) {
    for (const { value, path, position, within = [] } of said) {
      for (const lacking of lackingIn(value, inside)) {
        const name = shown(lacking);
        const near = getOrInsert(nearest, name, () => nearestPackages(lacking).map(shown));
        if (!sets.some((set) => lacks(set, lacking, near))) continue;
        const holds = (one: unknown) => lackingIn(one, inside).some((other) => shown(other) === name);
        for (const { place } of innermost(value, fill, holds)) {
          diagnostics.push({
            code: 'package-unknown',
            severity: 'warning',
            message: `there is no package ${name}`,
            path,
            position: leafOf(position, place.slice(within.length)),
            help: helpFor(near, fleet.channel),
          });
        }
      }
    }
  }
  return diagnostics;
}

const shown = (way: Lacking) => showPath(['pkgs', ...way]);

/** Whether a package is missing from a set; where modules may have added it, only if its name is near to another one's. */
function lacks({ added, isOpen }: PackageSet, [first]: Lacking, near: readonly string[]): boolean {
  if (added === 'any' || added.has(first!)) return false;
  return !isOpen || near.length > 0;
}

function helpFor(near: readonly string[], channel: Channel): string {
  const table = bundledTable('nixos');
  const age = `the names known here are those of nixpkgs ${table.release}, and the channel is ${channel}`;
  if (near.length) return `did you mean ${oneOf(near)}?${isOlder(table, channel) ? `; ${age}` : ''}`;
  const where = 'look its name up at https://search.nixos.org/packages';
  return isOfChannel(table, channel) ? where : `${age}; ${where}`;
}

/** A package as generated code has it: all that is misspelt is found, and what is none is told from it later. */
const written = /\bpkgs((?:\.(?:[A-Za-z_][\w'-]*|"[^"\\$]*"))+)|\binherit\s*\(pkgs\b/g;

function mayLackPackages(files: ReadonlyMap<string, string | Copy>): boolean {
  const known = new Set<string>();
  for (const text of files.values()) {
    if (typeof text !== 'string' || !text.includes('pkgs')) continue;
    for (const [, way] of text.matchAll(written)) {
      if (way === undefined) return true;
      if (known.has(way)) continue;
      known.add(way);
      const names = [...way.matchAll(/\.(?:"([^"]*)"|([^."]+))/g)].map(([, quoted, bare]) => quoted ?? bare!);
      if (unknownPackage(names) !== undefined) return true;
    }
  }
  return false;
}

/** The packages in a value that nixpkgs does not have, each once. */
function lackingIn(value: unknown, inside: Inside): Lacking[] {
  const found = new Map<string, Lacking>();
  for (const code of codeIn(value)) {
    for (const { names: way } of selectionsOf('pkgs', code, inside)) {
      const at = unknownPackage(way);
      if (at !== undefined) found.set(way.slice(0, at + 1).join('.'), way.slice(0, at + 1));
    }
  }
  return [...found.values()];
}
