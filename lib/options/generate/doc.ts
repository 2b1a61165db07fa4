import type { Doc } from '../docs';
import { showTypeBriefly } from '../show-type';
import { type Facts, isOption, type Option, type OptionTree, type OptionType } from '../type';
import { fenced, inlineCode, markdown } from './markdown';
import { comment } from './text';

/**
 * The comment of an option: upstream's words, where there are any, and what is known of it.
 *
 * @param as what a definition of it defines: itself, or what replaced it
 */
export function docOf(option: Option, as: Option | OptionTree, doc: Doc | undefined, indent: string): string {
  const [, facts = {}] = option;
  const words = doc ? paragraphs(doc) : [];
  const type = isOption(as) && !as[1]?.removed ? as[0] : undefined;
  const known = sentences(type, facts, doc).join(' ');
  return comment([...words, ...(known ? [known] : [])], tags(facts), indent);
}

/** Blocks of Markdown, with an empty line after each. */
function paragraphs(doc: Doc): string[] {
  return [
    ...(doc.description === undefined ? [] : [...markdown(doc.description), '']),
    ...block('Default', doc.default),
    ...block('Example', doc.example),
  ];
}

function block(title: string, code: string | undefined): string[] {
  if (code === undefined || isShort(code)) return [];
  return [`${title}:`, ...(isProse(code) ? ['', ...markdown(code)] : fenced(code)), ''];
}

function sentences(type: OptionType | undefined, facts: Facts, doc: Doc | undefined): string[] {
  return [
    ...(type === undefined ? [] : [sentenceOf(type)]),
    ...(facts.readOnly ? ['Read-only.'] : []),
    ...(facts.required ? ['Required.'] : []),
    ...(facts.hidden && !facts.renamedTo && !facts.removed ? ['Internal.'] : []),
    ...inSentence('Default', doc?.default ?? (facts.default === undefined ? undefined : JSON.stringify(facts.default))),
    ...inSentence('Example', doc?.example),
    ...(facts.file === undefined ? [] : [`Declared in ${inlineCode(facts.file)}.`]),
  ];
}

function sentenceOf(type: OptionType): string {
  const words = showTypeBriefly(type);
  const isPlain = /^[\w ,;.:()"'-]*$/.test(words);
  return isPlain ? `${words.charAt(0).toUpperCase()}${words.slice(1)}.` : `${inlineCode(words)}.`;
}

function inSentence(title: string, code: string | undefined): string[] {
  if (code === undefined || !isShort(code)) return [];
  return [`${title}: ${isProse(code) ? markdown(code).join(' ') : inlineCode(code)}.`];
}

/** Whether a value is said in words of a manual (`literalMD`). */
const isProse = (code: string) => /\{[a-z]+\}`|\]\(#/.test(code);

/** Whether a value is read with ease inside of a sentence. */
const isShort = (code: string) => code.length <= 80 && !code.trim().includes('\n');

function tags({ renamedTo, removed }: Facts): string[] {
  if (renamedTo !== undefined) return [`deprecated use ${inlineCode(renamedTo)}`];
  return removed ? ['deprecated it was removed'] : [];
}
