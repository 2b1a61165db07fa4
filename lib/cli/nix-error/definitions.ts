import { optionNames } from '../../options/option-names';
import { mayBeSecret, showPath } from '../../options/show-value';
import { shortened } from '../../redaction';
import type { OptionPlace } from './node-at';

/** A definition as the module system tells it: the file, and the value as Nix prints it. */
export interface ReportedDefinition {
  readonly file: string;
  readonly value: string;
}

/** The definitions that a message of the module system lists. */
export function definitionsReported(message: string): ReportedDefinition[] {
  const reported: { file: string; lines: string[] }[] = [];
  for (const line of message.split('\n')) {
    const [, file, value = ''] = /^- In [`‘'](.+?)['’](?::\s?(.*))?$/.exec(line.trim()) ?? [];
    if (file !== undefined) reported.push({ file, lines: [value] });
    else if (/^\s+\S/.test(line)) reported.at(-1)?.lines.push(line.trim());
    else if (line.trim() !== '' && reported.length) break;
  }
  return reported.map(({ file, lines }) => ({ file, value: lines.join(' ').trim() }));
}

/** Beyond that, what Nix prints is no help. */
const longest = 60;

/** A value in a few characters; never one that may be a secret. */
export function shownValue({ value }: ReportedDefinition, option: OptionPlace): string {
  if (value === '') return 'what it is';
  if (/<function|<lambda|«lambda/.test(value)) return 'a function';
  const text = /^"(.*)"$/s.exec(value)?.[1];
  if (mayBeSecret(text ?? value, option)) return text === undefined ? 'such a value' : 'a string';
  if (/^«derivation|^<derivation/.test(value)) return 'a package';
  const shown = value.replace(/\s+/g, ' ');
  return shown.length > longest ? kindOfValue(shown) : shown;
}

function kindOfValue(value: string): string {
  if (value.startsWith('{')) return 'a set';
  if (value.startsWith('[')) return 'a list';
  return value.startsWith('"') ? 'a string' : shortened(value, longest);
}

/** An option as the module system names it; elements of lists, which it counts from 1, are indices. */
export function parseOptionName(text: string): OptionPlace {
  return optionNames(text).map((name) => {
    const [, entry] = /^\[definition \d+-entry (\d+)\]$/.exec(name) ?? [];
    return entry === undefined ? name : Number(entry) - 1;
  });
}

/** An option as people write it, without the way to the home that it is of. */
export function shownOption(option: OptionPlace): string {
  return showPath(ownOption(option));
}

/** An option as its home names it, if it is one of a home. */
export function ownOption(option: OptionPlace): OptionPlace {
  return homeOption(option)?.option ?? option;
}

/** The option of a home that is part of its host's system, as the host names it. */
export function homeOption(option: OptionPlace): { user: string; option: OptionPlace } | undefined {
  const [first, second, user, ...rest] = option;
  if (first !== 'home-manager' || second !== 'users' || typeof user !== 'string' || !rest.length) return undefined;
  return { user, option: rest };
}
