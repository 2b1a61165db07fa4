import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { closestNames, most } from './nearest';

/**
 * The names of packages that came with cdknix, a line each, in the order of their bytes (scripts/names.ts). They are searched
 * as they are: of a million bytes, a synth asks for some dozen names.
 */
let names: Buffer | undefined;

const lines = () => (names ??= readFileSync(join(__dirname, '../../data/names/packages.txt')));

const NEWLINE = 0x0a;
const EQUALS = 0x3d;

/**
 * Where a way into the package set leaves what is known: the index of a name that the set before it does not have. Nothing if
 * all are there, or if nobody here knows the names of a set on the way.
 *
 * @param way names, from the package set on
 */
export function unknownPackage(way: readonly string[]): number | undefined {
  let set = '';
  for (const [index, name] of way.entries()) {
    if (name.startsWith('__')) return undefined;
    const full = set === '' ? name : `${set}.${name}`;
    const line = lineOf(full);
    if (line === undefined) return isWhole(set) ? index : undefined;
    set = line.split('=')[1] ?? full;
    if (set !== '' && !firstMember(set)) return undefined;
  }
  return undefined;
}

/**
 * The packages that a misspelt one may stand for, the likeliest first: those beside it of a similar name, then those of the
 * same name in other sets.
 *
 * @param way names from the package set on, up to the misspelt one
 */
export function nearestPackages(way: readonly string[]): string[][] {
  const beside = way.slice(0, -1);
  const name = way.at(-1)!;
  const all = lines().toString('latin1').split('\n').map(nameIn);
  const set = setAt(beside);
  const prefix = set === '' ? '' : `${set}.`;
  const isIn = (one: string) => one.startsWith(prefix) && !one.includes('.', prefix.length);
  const members = all.filter(isIn).map((one) => one.slice(prefix.length));
  const near = closestNames(name, members).map((one) => [...beside, one]);
  if (near.length) return near;
  const elsewhere = all.filter((one) => one.endsWith(`.${name}`));
  return elsewhere.slice(0, most).map((one) => one.split('.'));
}

/** The set whose names a way leads to. */
function setAt(way: readonly string[]): string {
  return way.reduce((set, name) => {
    const full = set === '' ? name : `${set}.${name}`;
    return lineOf(full)?.split('=')[1] ?? full;
  }, '');
}

/** Whether all members of a set are known: of a program that has packages, only these are. */
function isWhole(set: string): boolean {
  if (set === '') return true;
  const start = firstNotBefore(`${set}.`);
  const end = lines().indexOf(NEWLINE, start);
  return nameIn(lineAt(start)) !== `${set}.pkgs` || lineAt(end + 1).startsWith(`${set}.`);
}

const firstMember = (set: string) => lineAt(firstNotBefore(`${set}.`)).startsWith(`${set}.`);

function lineOf(name: string): string | undefined {
  const line = lineAt(firstNotBefore(name));
  return nameIn(line) === name ? line : undefined;
}

const nameIn = (line: string) => line.split('=', 1)[0]!;

function lineAt(start: number): string {
  const end = lines().indexOf(NEWLINE, start);
  return lines().toString('latin1', start, end < 0 ? undefined : end);
}

/** Where the first line begins whose name is not before another one. */
function firstNotBefore(name: string): number {
  const bytes = lines();
  const wanted = Buffer.from(name);
  let low = 0;
  let high = bytes.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const start = middle === 0 ? 0 : bytes.lastIndexOf(NEWLINE, middle - 1) + 1;
    if (isBefore(bytes, start, wanted)) low = bytes.indexOf(NEWLINE, middle) + 1 || bytes.length;
    else high = start;
  }
  return low;
}

function isBefore(bytes: Buffer, start: number, wanted: Buffer): boolean {
  for (let i = 0; ; i++) {
    const byte = bytes[start + i];
    const isOver = byte === undefined || byte === NEWLINE || byte === EQUALS;
    if (isOver || i === wanted.length) return isOver && i < wanted.length;
    if (byte !== wanted[i]) return byte < wanted[i]!;
  }
}
