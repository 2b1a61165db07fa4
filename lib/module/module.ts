import { failure, type Position, positionOfArgument, userPosition } from '../diagnostics';
import type { Configs, ModuleClass } from '../options/config';
import type { Expr, List } from '../options/values';
import { checkArgument, refuseMore } from './arguments';
import { configOf } from './config-root';
import type { DeclarationsIn, Declared, OptionDeclarations } from './declared';
import { deferredIn, exprOf, isExpr, nodeGiven } from './expr';
import { File } from './file';
import { listImport } from './import-list';
import { quoted } from './quoted';
import type { Reading } from './reading';
import type { ConfigOf } from './references';
import { nextTurn } from './turn';

/** Definitions that one call of `set` made. */
export interface Definition {
  readonly config: unknown;
  readonly position: Position | undefined;
  /** Why cdknix makes them, if no call of `set` did. */
  readonly reason?: Reason;
  /** The names around what the user wrote, where synth has put them. */
  readonly within?: readonly string[];
}

/** What cdknix makes definitions for. */
export interface Reason {
  readonly text: string;
  /** The constructs, by their paths, and the calls that ask for it. */
  readonly causes: readonly Cause[];
}

export interface Cause {
  readonly path: string;
  readonly position: Position | undefined;
}

/** Options that one call of `declare` declared. */
export interface OptionsDeclaration {
  readonly options: OptionDeclarations;
  readonly position: Position | undefined;
}

/** A feature: a function, a class, or one with props. */
export type ImportableFeature =
  | ((feature: never) => void)
  | (abstract new (
      ...args: never
    ) => object)
  | { applyTo(construct: never): void };

/** What may be imported: a file by its path, a module by expression, or definitions. */
export type Importable<Class extends ModuleClass> = string | Expr | Configs[Class];

/** Something that a module imports: a file of the project, or a module by expression. */
export interface Import {
  readonly module: Expr;
  readonly position: Position | undefined;
  /** When it was imported, among all imports and features. */
  readonly turn: number;
  /** What it defines, where it was written as a set of definitions. */
  readonly config?: unknown;
}

/** What one construct says in one module system. */
export interface Contribution {
  readonly moduleClass: ModuleClass;
  readonly declarations: readonly OptionsDeclaration[];
  readonly definitions: readonly Definition[];
  readonly imports: readonly Import[];
  /** Modules that others import and that are not to be. */
  readonly disabled: readonly unknown[];
  /** What its code selects of the final configuration, as long as nothing is made of it. */
  readonly readings?: ReadonlySet<Reading>;
  /** Whether it may rest without a diagnostic where it cannot be served. */
  readonly isOptional: boolean;
}

/** Makes a feature a part of the construct whose module imports it; false, if the value is none. */
export type ImportFeature = (usable: object, into: Module) => boolean;

/** One construct's contribution to one module system: it becomes a Nix module of its own. */
export class Module<Class extends ModuleClass = ModuleClass> implements Contribution {
  readonly declarations: OptionsDeclaration[] = [];
  readonly definitions: Definition[] = [];
  readonly imports: Import[] = [];
  readonly disabled: unknown[] = [];
  isOptional = false;
  readings?: Set<Reading>;

  constructor(
    private readonly owner: object,
    readonly moduleClass: Class,
    private readonly importFeature: ImportFeature = () => false,
  ) {}

  /** The final configuration that this module is part of, for references such as `config.networking.hostName`. */
  get config(): ConfigOf<Class> {
    this.readings ??= new Set();
    return configOf(this.owner, this.moduleClass, this.readings);
  }

  /**
   * Defines options. Nix merges: several calls are several definitions.
   *
   * @throws CdknixError `argument-lost`
   */
  set(config: Configs[Class]): this {
    refuseMore('set', arguments, 1);
    this.definitions.push({ config, position: userPosition() });
    return this;
  }

  /**
   * Declares options of one's own (NixOS manual, "Option Declarations"), beside those that the module defines.
   *
   * @param options by their names, nested as in Nix: `{ services: { nightly: { enable: mkEnableOption('…') } } }`
   * @returns references to their values
   * @throws CdknixError `not-options`, `argument-lost`
   */
  declare<const O>(options: O & DeclarationsIn<O>): Declared<Class, O> {
    refuseMore('declare', arguments, 1);
    const position = userPosition();
    if (typeof options !== 'object' || options === null || Array.isArray(options) || isExpr(options))
      throw notOptions(options, position);
    this.declarations.push({ options: options as OptionDeclarations, position });
    return this.config as unknown as Declared<Class, O>;
  }

  /**
   * Imports Nix modules, in this order: files by their path relative to the calling file, expressions such as an input's
   * module, definitions that are to take a place of their own among the imports, or other features, whose modules of this
   * kind are then imported by this one.
   */
  import(...modules: readonly (Importable<Class> | ImportableFeature)[]): this {
    const position = userPosition();
    for (const [i, module] of modules.entries()) {
      const mayBeFeature = !isExpr(module) && (typeof module === 'function' || typeof module === 'object') && module;
      if (mayBeFeature && this.importFeature(module as object, this as Module)) continue;
      this.imports.push(importOf(module, positionOfArgument(position, i)));
    }
    return this;
  }

  /**
   * Imports all modules of a list that only Nix knows: `importAll(args.mylib.scanPaths(path('./services')))`.
   *
   * @throws CdknixError `not-a-list-of-modules`, `argument-lost`
   */
  importAll(modules: Expr<List<unknown>>): this {
    refuseMore('importAll', arguments, 1);
    const position = userPosition();
    this.imports.push({ module: exprOf(listImport(modules, position)), position, turn: nextTurn() });
    return this;
  }

  /**
   * Disables modules that others import (`disabledModules`).
   *
   * @throws CdknixError `argument`
   */
  disable(...modules: readonly (string | Expr)[]): this {
    for (const one of modules) checkArgument('disable', 'text or expression', one);
    this.disabled.push(...modules);
    return this;
  }

  /** Lets this part rest without a diagnostic where it cannot be served. */
  optional(): this {
    refuseMore('optional', arguments, 0);
    this.isOptional = true;
    return this;
  }
}

function importOf(module: unknown, position: Position): Import {
  const turn = nextTurn();
  if (isExpr(module)) return { module: deferredIn(module) ?? module, position, turn };
  if (typeof module === 'string' && module !== '')
    return { module: new File(module, position, 'module'), position, turn };
  if (typeof module !== 'object' || module === null || Array.isArray(module)) throw notAModule(module, position);
  return { module: exprOf(nodeGiven(module, position)), position, turn, config: module };
}

function notOptions(value: unknown, position: Position): Error {
  return failure({
    code: 'not-options',
    message: `declare was given ${isExpr(value) ? 'an option without a name' : quoted(value)}`,
    position,
    help: 'give it options by their names: { services: { backup: { enable: mkEnableOption(…) } } }',
  });
}

function notAModule(value: unknown, position: Position): Error {
  return failure({
    code: 'not-a-module',
    message: `import was given ${value === '' ? 'an empty path' : quoted(value)}`,
    position,
    help: "give it the path of a Nix file, relative to this file, or an expression such as an input's module",
  });
}
