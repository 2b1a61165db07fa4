import type { ModuleClass } from '../../options/config';
import { showPath } from '../../options/show-value';
import type { OptionDoc, ShownValue } from './option-docs';

const titles: Readonly<Record<ModuleClass, string>> = {
  nixos: 'NixOS',
  darwin: 'nix-darwin',
  home: 'Home Manager',
};

/** A page of options for people, by module system. */
export function markdownOf(docs: ReadonlyMap<ModuleClass, readonly OptionDoc[]>): string {
  const sections = [...docs].flatMap(([of, options]) => [`## ${titles[of]}`, ...options.flatMap(optionOf)]);
  return `${['# Options', ...sections].join('\n\n')}\n`;
}

function optionOf({ loc, description, type, readOnly, example, declarations, ...said }: OptionDoc): string[] {
  const facts = [
    `- Type: ${type}${readOnly ? ', read only' : ''}`,
    ...(said.default ? [`- Default:${showValue(said.default)}`] : []),
    ...(example ? [`- Example:${showValue(example)}`] : []),
    `- Declared in ${declarations.map(code).join(', ')}`,
  ];
  return [`### ${code(nameOf(loc))}`, ...(description?.trim() ? [description.trim()] : []), facts.join('\n')];
}

/** An option by its name, with what stands for any name as manuals have it. */
export function nameOf(loc: readonly string[]): string {
  return loc.map((name) => (/^(<.*>|\*)$/.test(name) ? name : showPath([name]))).join('.');
}

function showValue({ _type, text }: ShownValue): string {
  if (_type === 'literalMD') return ` ${text}`;
  if (!text.includes('\n')) return ` ${code(text)}`;
  const fence = fenceFor(text, 3);
  return `\n\n${indented(`${fence}nix\n${text}\n${fence}`)}`;
}

/** Text as code in a line, whatever backticks are in it. */
function code(text: string): string {
  const fence = fenceFor(text, 1);
  return fence.length > 1 ? `${fence} ${text} ${fence}` : `\`${text}\``;
}

function fenceFor(text: string, least: number): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  return '`'.repeat(longest < least ? least : longest + 1);
}

const indented = (text: string): string => text.replace(/^(?=.)/gm, '  ');
