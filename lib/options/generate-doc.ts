import type { Doc } from './docs';
import { fenced, inlineCode, markdown } from './generate-markdown';
import { comment } from './generate-text';
import { showTypeBriefly } from './show-type';
import type { Data, Facts, Option, OptionType } from './type';

/** The comment of an option: upstream's words, where there are any, and what is known of it. */
export function docOf([type, facts = {}]: Option, doc: Doc | undefined, indent: string): string {
  const words = doc ? paragraphs(doc) : [];
  return comment([...words, sentences(type, facts, doc).join(' ')], tags(facts), indent);
}

/** Blocks of Markdown, with an empty line after each. */
function paragraphs(doc: Doc): string[] {
  return [
    ...(doc.description === undefined ? [] : [...markdown(doc.description), '']),
    ...(doc.default === undefined || isShort(doc.default) ? [] : ['Default:', ...fenced(doc.default), '']),
    ...(doc.example === undefined ? [] : ['Example:', ...fenced(doc.example), '']),
  ];
}

function sentences(type: OptionType, facts: Facts, doc: Doc | undefined): string[] {
  const words = showTypeBriefly(type);
  return [
    /^[\w ,;.:()"'-]*$/.test(words) ? `${words.charAt(0).toUpperCase()}${words.slice(1)}.` : `${inlineCode(words)}.`,
    ...(facts.readOnly ? ['Read-only.'] : []),
    ...(facts.required ? ['Required.'] : []),
    ...(facts.hidden && !facts.renamedTo && !facts.removed ? ['Internal.'] : []),
    ...defaultOf(facts, doc),
    ...(facts.file === undefined ? [] : [`Declared in ${facts.file}`]),
  ];
}

function defaultOf(facts: Facts, doc: Doc | undefined): string[] {
  const text = doc?.default ?? (facts.default === undefined ? undefined : show(facts.default));
  return text !== undefined && isShort(text) ? [`Default: ${inlineCode(text)}.`] : [];
}

/** Whether a value is read with ease inside of a sentence. */
const isShort = (code: string) => code.length <= 80 && !code.trim().includes('\n');

const show = (value: Data): string => JSON.stringify(value);

function tags({ renamedTo, removed }: Facts): string[] {
  if (renamedTo !== undefined) return [`deprecated use ${inlineCode(renamedTo)}`];
  return removed ? ['deprecated it was removed'] : [];
}
