import {
  and,
  args,
  attrs,
  bind,
  comment,
  concat,
  cond,
  Feature,
  Flake,
  Host,
  has,
  lazy,
  lib,
  lines,
  mkIf,
  mkMerge,
  nix,
  not,
  orElse,
  pkgs,
  select,
  str,
  update,
} from 'cdknix';
import { synthToFiles } from 'cdknix/testing';
import { beforeEach, expect, it } from 'vitest';

// biome-ignore lint/suspicious/noExplicitAny: values of any kind stand in any place
type Any = any;

let count = 0;
/** A value with a comment of its own. */
const why = (value: Any): Any => comment(`why ${++count}`, value);
const { a } = args as Any;

let flake: Flake;
let host: Host<'x86_64-linux'>;
beforeEach(() => {
  flake = new Flake();
  host = new Host(flake, 'desk', { system: 'x86_64-linux', specialArgs: { a: {} } });
  new Feature(host, 'used');
});

it.each<[string, () => unknown]>([
  ['a text in a text', () => [str`a ${why(str`b`)} c`, str`${why('b')}`, lines`a\n${why(lines`b`)}`]],
  ['a value in a text', () => [str`${why(pkgs.git)}/bin`, lines`a ${why(pkgs.git)}`, str`${why(5)}`]],
  ['a text of a function in a text', () => str`a ${lazy(() => why('b'))}`],
  ['raw Nix', () => [nix`{ a = ${why(5)}; }`, nix`"x${why('y')}"`, nix`{ ${why('a')} = 1; }`]],
  ['a name', () => [attrs([why('a'), 1]), select(pkgs, why('git')), has(pkgs, why('git'))]],
  ['a set', () => [select(why(pkgs), 'git'), has(why(pkgs), 'git'), update(why({ a: 1 }), why({ b: 2 }))]],
  ['an operand', () => [not(why(true)), and(why(true), why(false)), concat(why([1]), [2])]],
  ['a choice', () => cond(why(true), why(1), why(2))],
  ['a selection with a fallback', () => [orElse(why(a.b), 5), orElse(a.b, why(5))]],
  ['a call', () => [lib.map!(why(5), why([1])), (x: Any) => why(x)]],
  ['a property', () => [mkIf(true, why(1)), why(mkMerge([why(1), why(2)]))]],
  ['what is known later', () => [lazy(() => why(1)), why(lazy(() => 1)), bind('x', why(1)), why(bind('y', 1))]],
  ['a property that is decided', () => why(mkIf(host.uses(Feature), why(1)))],
  ['data', () => ({ a: why({}), b: why([]), c: why(null), d: { e: why({ f: { g: why(true) } }) }, h: why(why(1)) })],
])('a comment is kept in %s', (_, value) => {
  const first = count + 1;
  host.set({ environment: { etc: { it: { value: value() } } } } as Any);
  const text = synthToFiles(flake)['hosts/desk/default.nix']!;
  const all = Array.from({ length: count - first + 1 }, (_, i) => `why ${first + i}`);
  expect(all.length).toBeGreaterThan(0);
  expect(all.filter((one) => !new RegExp(`# ${one}$`, 'm').test(text))).toEqual([]);
});
