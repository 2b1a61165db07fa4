import type * as ts from 'typescript';
import type { Compiler } from '../diagnostics/compiler';
import { faultAt } from './code-at';
import { type Draft, renamed, stayingNix, withoutFaults } from './draft';

/** What features are compiled with. */
export interface Compilation {
  readonly compiler: Compiler;
  readonly options: ts.CompilerOptions;
  /** Files of the project that may add to what the compiler knows. */
  readonly others: readonly string[];
}

/**
 * The modules as TypeScript that compiles: what has errors is written otherwise, without types or as raw Nix, or stays Nix.
 * All files are one program.
 *
 * @param drafts by the paths of their TypeScript
 * @returns the same, by their paths
 */
export function compiled(drafts: ReadonlyMap<string, Draft>, compilation: Compilation): Map<string, Draft> {
  const all = new Map(drafts);
  const compile = programs(compilation);
  let open = typescriptOf(all);
  for (let round = 1; open.size; round++) {
    const errorsIn = compile(typescriptOf(all));
    const mended = [...open.keys()].flatMap((path) => {
      const errors = errorsIn(path);
      return errors.length ? [[path, mend(all.get(path)!, errors, compilation.compiler, round)] as const] : [];
    });
    // What declares options is seen by all.
    const isSeen = mended.some(([path]) => all.get(path)!.lowered!.code.isNew);
    for (const [path, draft] of mended) all.set(path, draft);
    open = typescriptOf(isSeen ? all : new Map(mended));
  }
  return all;
}

/** The texts of what does not stay Nix. */
function typescriptOf(drafts: ReadonlyMap<string, Draft>): Map<string, string> {
  const own = [...drafts].filter(([, { lowered }]) => lowered);
  return new Map(own.map(([path, { converted }]) => [path, converted.typescript]));
}

/** How often the errors of a module are looked at one by one. */
const rounds = 12;

interface CompilerError {
  readonly file: ts.SourceFile;
  readonly at: number;
  readonly message: string;
}

function mend(draft: Draft, errors: readonly CompilerError[], compiler: Compiler, round: number): Draft {
  const { code } = draft.lowered!;
  const because = `it does not compile: ${errors[0]!.message}`;
  if (round > rounds) return stayingNix(draft, because);
  const faults = errors.map(({ file, at }) => faultAt(compiler, file, code, at)).filter((one) => one !== undefined);
  const mended = faults.length ? withoutFaults(draft, faults) : code.isNew ? renamed(draft) : undefined;
  return mended ?? stayingNix(draft, because);
}

/** Compiles texts, again and again; what did not change is read once. */
function programs({ compiler, options, others }: Compilation) {
  const host = compiler.createCompilerHost(options);
  const read = new Map<string, ts.SourceFile | undefined>();
  const { getSourceFile, fileExists, readFile } = host;
  let texts: ReadonlyMap<string, string> = new Map();
  let program: ts.Program | undefined;
  host.fileExists = (path) => texts.has(path) || fileExists(path);
  host.readFile = (path) => texts.get(path) ?? readFile(path);
  host.getSourceFile = (path, target) => {
    const text = texts.get(path);
    const known = read.get(path);
    if (known && (text === undefined || known.text === text)) return known;
    const file = text === undefined ? getSourceFile(path, target) : compiler.createSourceFile(path, text, target, true);
    read.set(path, file);
    return file;
  };
  return (files: ReadonlyMap<string, string>) => {
    texts = files;
    program = compiler.createProgram({
      rootNames: [...others.filter((path) => !files.has(path)), ...files.keys()],
      options: { ...options, noEmit: true },
      host,
      ...(program && { oldProgram: program }),
    });
    const made = program;
    return (path: string): CompilerError[] => {
      const file = made.getSourceFile(path)!;
      const all = [...made.getSyntacticDiagnostics(file), ...made.getSemanticDiagnostics(file)];
      return all.map(({ start = 0, messageText }) => {
        const [message] = compiler.flattenDiagnosticMessageText(messageText, '\n').split('\n');
        return { file, at: start, message: message! };
      });
    };
  };
}
