/**
 * What an option takes. Values of this type are plain data, and the JSON of the option tables is exactly they: nothing is
 * converted when a table is read.
 *
 * Names and meanings are those of `lib.types` (NixOS manual, "Options Types").
 */
export type OptionType = Atom | Compound;

/**
 * Types without parts.
 *
 * - `any`: whatever Nix has (`anything`, `raw`, `unspecified`, and types that say nothing that can be read)
 * - `data`: what a file format such as JSON, TOML or INI can hold, at any depth; no functions
 * - `int`, `float`, `number` (either of them), `bool`, `str`, `path` (absolute), `package`
 * - `attrs`: a set of anything, not merged below its own names
 * - `module`: a whole module (`deferredModule`)
 * - `nixos`, `darwin`, `home`: a configuration of that module system inside another one
 */
export type Atom =
  | 'any'
  | 'data'
  | 'bool'
  | 'int'
  | 'float'
  | 'number'
  | 'str'
  | 'path'
  | 'package'
  | 'attrs'
  | 'module'
  | 'nixos'
  | 'darwin'
  | 'home';

export type Compound =
  | { readonly kind: 'int' | 'float' | 'number'; readonly min?: number; readonly max?: number }
  | Text
  /** `path`, where it must or must not be in the store, or may be relative (`pathWith`). */
  | { readonly kind: 'path'; readonly inStore?: boolean; readonly absolute?: boolean }
  | { readonly kind: 'enum'; readonly values: readonly Literal[] }
  | { readonly kind: 'listOf'; readonly of: OptionType; readonly nonEmpty?: true }
  | { readonly kind: 'attrsOf'; readonly of: OptionType; readonly lazy?: true }
  | { readonly kind: 'nullOr'; readonly of: OptionType }
  /** One of several types, tried in order; two at least, none of them an `either` itself. */
  | { readonly kind: 'either'; readonly of: readonly OptionType[] }
  /** A `to`, or a `from` that is made one. */
  | { readonly kind: 'coercedTo'; readonly from: OptionType; readonly to: OptionType }
  | { readonly kind: 'functionTo'; readonly of: OptionType }
  /** A type of which there may be one definition only. */
  | { readonly kind: 'unique'; readonly of: OptionType }
  /** Exactly one of several attributes (`attrTag`). */
  | { readonly kind: 'attrTag'; readonly options: OptionTree }
  | Submodule;

/** A string that must have a form, or whose definitions are joined. */
export interface Text {
  readonly kind: 'str';
  /** A POSIX extended regular expression that the whole string matches (`strMatching`). */
  readonly pattern?: string;
  /** `nonEmptyStr`; `singleLineStr` (a final newline is allowed); `passwdEntry` (no newline, no colon). */
  readonly form?: 'nonEmpty' | 'singleLine' | 'passwdEntry';
  /** What joins several definitions (`separatedString`); without it, all definitions must be equal. */
  readonly separator?: string;
}

/** A set with options of its own; any other name is an error, unless it is freeform. */
export interface Submodule {
  readonly kind: 'submodule';
  readonly options: OptionTree;
  /** The module system whose options it has as well: a configuration inside another one that takes more than that. */
  readonly extends?: 'nixos' | 'darwin' | 'home';
  /** The type of names that no option has (`freeformType`). */
  readonly freeform?: OptionType;
}

export type Literal = string | number | boolean | null;

/** Options and groups of options by name. A group is a tree again, an option is an array, so the two cannot be confused. */
export interface OptionTree {
  readonly [name: string]: Option | OptionTree;
}

/** One option: its type, and what else is known of it. */
export type Option = readonly [type: OptionType, facts?: Facts];

/** What is known of an option beside its type; absent means no. */
export interface Facts {
  /** The default, where it is plain data. */
  readonly default?: Data;
  /** The file that declares it, relative to the project that it belongs to: `nixos/modules/services/web/nginx.nix`. */
  readonly file?: string;
  /** Whether it may be referred to but not set. */
  readonly readOnly?: true;
  /** Whether manuals leave it out (`visible = false` or `internal`); it may be set all the same. */
  readonly hidden?: true;
  /** The dotted name of the option that replaced this one. */
  readonly renamedTo?: string;
  /** Whether what is read of it is made of what was defined by a function (`apply`), so that it may be of any type. */
  readonly applied?: true;
  /** Whether it is gone: whoever sets it gets an error (`mkRemovedOptionModule`). */
  readonly removed?: true;
  /** Whether a submodule without it cannot be evaluated: it has no default, and nothing in the submodule defines it. */
  readonly required?: true;
}

/** Plain data, as JSON has it. */
export type Data = Literal | readonly Data[] | { readonly [name: string]: Data };

/** Whether a member of a tree is an option; else it is a group. */
export function isOption(member: Option | OptionTree): member is Option {
  return Array.isArray(member);
}

/** The member of a tree by a name that may be any string, `__proto__` and `constructor` among them. */
export function memberOf(tree: OptionTree, name: string): Option | OptionTree | undefined {
  return Object.hasOwn(tree, name) ? tree[name] : undefined;
}

/** The kind of a type: an atom is its own kind. */
export function kindOf(type: OptionType): Atom | Compound['kind'] {
  return typeof type === 'string' ? type : type.kind;
}
