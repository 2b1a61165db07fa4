/**
 * The syntax tree of the Nix language: plain, immutable values, told apart by `kind`.
 *
 * The parser fills `pos` and `comments`; the builders leave them out. Parentheses are nodes, because nixfmt keeps them;
 * the printer adds those that a built tree needs. Nodes are shared freely between trees: nothing may mutate one.
 */
export type Expr =
  | Num
  | Str
  | IndentedStr
  | Path
  | SearchPath
  | Uri
  | Ident
  | Select
  | HasAttr
  | Apply
  | Unary
  | Binary
  | Lambda
  | Let
  | LegacyLet
  | With
  | Assert
  | If
  | List
  | AttrSet
  | Paren
  | Hole;

/** A half-open range of UTF-16 offsets into the parsed source. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** `# …` (text without the `#`) or a block comment (text between its opening and its closing, verbatim). */
export interface Comment {
  readonly style: 'line' | 'block';
  readonly text: string;
}

/** What the layout keeps of a source beside its tokens. */
export interface Trivia {
  readonly pos?: Span;
  /** Comments and single blank lines (`null`) that stand before this node or item, each on a line of its own. */
  readonly before?: readonly (Comment | null)[];
  /** A comment behind this node or item on its last line. */
  readonly after?: Comment;
  /** Comments and blank lines below the whole file; on the root of a parsed file only. */
  readonly end?: readonly (Comment | null)[];
}

/** Comments and blank lines before a closing bracket or before `in`. */
export interface Closing {
  readonly last?: readonly (Comment | null)[];
}

/** An integer or a float, in its source spelling; never negative (that is a `Unary`). */
export interface Num extends Trivia {
  readonly kind: 'num';
  readonly text: string;
}

/** Text of a string. `raw` is the source spelling where the parser read one that the encoder would spell otherwise. */
export interface Text {
  readonly kind: 'text';
  readonly value: string;
  readonly raw?: string;
}

/** `${expr}` in a string, a path or an attribute path. */
export interface Interpolation {
  readonly kind: 'interpolation';
  readonly expr: Expr;
}

/** `"…"`. Adjacent texts are allowed and mean their concatenation. */
export interface Str extends Trivia {
  readonly kind: 'str';
  readonly parts: readonly (Text | Interpolation)[];
}

/** `''…''`; `parts` hold the value, after the common indentation was taken off. */
export interface IndentedStr extends Trivia {
  readonly kind: 'indented';
  readonly parts: readonly (Text | Interpolation)[];
}

/** `./a`, `/a`, `~/a`, `a/b`, with interpolations; texts are the source's. */
export interface Path extends Trivia {
  readonly kind: 'path';
  readonly parts: readonly (Text | Interpolation)[];
}

/** `<nixpkgs>`; `path` is what stands between the brackets. */
export interface SearchPath extends Trivia {
  readonly kind: 'searchPath';
  readonly path: string;
}

/** A URI literal; printed as a string, as nixfmt does. */
export interface Uri extends Trivia {
  readonly kind: 'uri';
  readonly uri: string;
}

export interface Ident extends Trivia {
  readonly kind: 'ident';
  readonly name: string;
  /** What binds it, where code made both: the name is a proposal then, and `distinctNames` has the last word. */
  readonly binder?: object;
}

/**
 * One segment of an attribute path.
 * `name`: a static name; `quoted` when the source had quotes (the printer quotes whatever must be quoted anyway).
 * `strKey`: a quoted segment with interpolations. `dynamic`: `${expr}`.
 * Only the names of an `inherit` carry comments.
 */
export type Key = NameKey | StrKey | DynamicKey;

export interface NameKey extends Trivia {
  readonly kind: 'name';
  readonly name: string;
  readonly quoted?: boolean;
  readonly raw?: string;
}

export interface StrKey extends Trivia {
  readonly kind: 'strKey';
  readonly str: Str;
}

export interface DynamicKey extends Trivia {
  readonly kind: 'dynamic';
  readonly expr: Expr;
}

/** `of.path` or `of.path or orElse`. */
export interface Select extends Trivia {
  readonly kind: 'select';
  readonly of: Expr;
  readonly path: readonly Key[];
  readonly orElse?: Expr;
}

/** `of ? path`. */
export interface HasAttr extends Trivia {
  readonly kind: 'hasAttr';
  readonly of: Expr;
  readonly path: readonly Key[];
}

/** `fn a b c`: all arguments of one application. At least one. */
export interface Apply extends Trivia {
  readonly kind: 'apply';
  readonly fn: Expr;
  readonly args: readonly Expr[];
}

export interface Unary extends Trivia {
  readonly kind: 'unary';
  readonly op: '-' | '!';
  readonly operand: Expr;
}

export type BinaryOp =
  | '++'
  | '*'
  | '/'
  | '+'
  | '-'
  | '//'
  | '<'
  | '<='
  | '>'
  | '>='
  | '=='
  | '!='
  | '&&'
  | '||'
  | '->'
  | '|>'
  | '<|';

export interface Binary extends Trivia {
  readonly kind: 'binary';
  readonly op: BinaryOp;
  readonly left: Expr;
  readonly right: Expr;
}

/** One formal of a set pattern. */
export interface Formal extends Trivia {
  readonly name: string;
  readonly default?: Expr;
  /** As that of an `Ident`; but the name is what the function is called with, and stays. */
  readonly binder?: object;
}

/** `{ a, b ? 1, ... }`. `expanded`: laid out one formal a line. */
export interface Formals extends Closing, Trivia {
  readonly formals: readonly Formal[];
  readonly ellipsis: boolean;
  readonly expanded?: boolean;
}

/**
 * `x: body`, `{ a, ... }: body`, `{ a }@x: body`, `x@{ a }: body`.
 * `bodyBelow`: the body starts on a line of its own (set-pattern lambdas only).
 */
export interface Lambda extends Trivia {
  readonly kind: 'lambda';
  readonly param?: string;
  /** As that of an `Ident`, for `param`. */
  readonly binder?: object;
  readonly pattern?: Formals;
  /** With both `param` and `pattern`: whether the name stands before the pattern. */
  readonly paramFirst?: boolean;
  readonly body: Expr;
  readonly bodyBelow?: boolean;
}

export interface Binding extends Trivia {
  readonly kind: 'binding';
  readonly path: readonly Key[];
  readonly value: Expr;
}

/** `inherit a b;` or `inherit (from) a b;`. `expanded`: one name a line. */
export interface Inherit extends Trivia, Closing {
  readonly kind: 'inherit';
  readonly from?: Expr;
  readonly names: readonly Key[];
  readonly expanded?: boolean;
}

export type Item = Binding | Inherit;

export interface Let extends Trivia, Closing {
  readonly kind: 'let';
  readonly items: readonly Item[];
  readonly body: Expr;
}

/** `let { …; body = …; }`, the form of old. */
export interface LegacyLet extends Trivia, Closing {
  readonly kind: 'legacyLet';
  readonly items: readonly Item[];
}

export interface With extends Trivia {
  readonly kind: 'with';
  readonly env: Expr;
  readonly body: Expr;
}

export interface Assert extends Trivia {
  readonly kind: 'assert';
  readonly condition: Expr;
  readonly body: Expr;
}

export interface If extends Trivia {
  readonly kind: 'if';
  readonly condition: Expr;
  readonly then: Expr;
  readonly else: Expr;
}

/** `[ … ]`. `expanded`: one element a line even where it would fit on one. */
export interface List extends Trivia, Closing {
  readonly kind: 'list';
  readonly items: readonly Expr[];
  readonly expanded?: boolean;
}

/** `{ … }` or `rec { … }`. `expanded`: one item a line even where it would fit on one. */
export interface AttrSet extends Trivia, Closing {
  readonly kind: 'set';
  readonly rec?: boolean;
  readonly items: readonly Item[];
  readonly expanded?: boolean;
}

export interface Paren extends Trivia, Closing {
  readonly kind: 'paren';
  readonly expr: Expr;
}

/**
 * A value that becomes an expression later (a lazy, a file whose place in the output is not known yet, a reference that
 * is spelled differently in each module). `resolveHoles` replaces them; the printer refuses one that is left.
 */
export interface Hole extends Trivia {
  readonly kind: 'hole';
  readonly value: unknown;
}
