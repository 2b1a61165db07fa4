import type { Span } from '../../nix';

/** TypeScript code, as far as converted modules need it: plain values, told apart by `kind`. */
export type Code = (Word | Text | Template | Member | Call | ArrayCode | ObjectCode | Arrow) & {
  /** The place of the source that it is made of. */
  readonly from?: Span;
};

/** A name, a number, or a word of the language. */
export interface Word {
  readonly kind: 'word';
  readonly word: string;
}

/** A string literal. */
export interface Text {
  readonly kind: 'text';
  readonly value: string;
}

/** A template with values in it; one chunk more than values. */
export interface Template {
  readonly kind: 'template';
  readonly tag?: string;
  /** As they stand in the code, with escapes. */
  readonly chunks: readonly string[];
  readonly values: readonly Code[];
  /** Whether its lines are indented as the code around it is; else they stand as they are. */
  readonly indents?: boolean;
  /** The lines of comments in it, where it is Nix. */
  readonly comments?: readonly string[];
}

/** `of.name`, or `of['name']`. */
export interface Member {
  readonly kind: 'member';
  readonly of: Code;
  readonly name: string;
}

export interface Call {
  readonly kind: 'call';
  readonly fn: Code;
  readonly args: readonly Code[];
}

/** Comments beside a member, an element or a statement, each a line. */
export interface Remarks {
  readonly above?: readonly string[];
  readonly behind?: string;
}

export interface ArrayCode {
  readonly kind: 'array';
  readonly items: readonly (Remarks & { readonly value: Code })[];
  /** Comments below the last element. */
  readonly below?: readonly string[];
}

export interface Property extends Remarks {
  readonly name: string;
  readonly value: Code;
}

export interface ObjectCode {
  readonly kind: 'object';
  readonly members: readonly Property[];
  readonly below?: readonly string[];
}

/** A parameter: a name, or the members that are taken out of it. */
export type Parameter = string | readonly (readonly [member: string, local: string])[];

export interface Arrow {
  readonly kind: 'arrow';
  readonly parameters: readonly Parameter[];
  /** Of all parameters, where nothing around says it. */
  readonly type?: string;
  readonly body: Code;
}

export const word = (name: string): Word => ({ kind: 'word', word: name });
export const text = (value: string): Text => ({ kind: 'text', value });
export const member = (of: Code, name: string): Member => ({ kind: 'member', of, name });
export const call = (fn: Code, ...args: readonly Code[]): Call => ({ kind: 'call', fn, args });
export const array = (values: readonly Code[]): ArrayCode => ({
  kind: 'array',
  items: values.map((value) => ({ value })),
});
export const object = (members: readonly Property[]): ObjectCode => ({ kind: 'object', members });
