import { compiled } from '../../convert/compile';
import { type Converted, type Draft, draft } from '../../convert/draft';
import { featureName } from '../../convert/feature-name';
import { guessClass } from '../../convert/guess-class';
import { CdknixError, type Diagnostic, failure, redactedPosition } from '../../diagnostics';
import { lineAndColumn, NixSyntaxError } from '../../nix/syntax-error';
import type { ModuleClass } from '../../options/config';
import { compilationFor } from './compilation';

/** A module to convert. */
export interface ModuleText {
  /** Where it stands, as messages show it. */
  readonly file: string;
  readonly text: string;
  /** The module system that it is for; as its options tell, where that is not said. */
  readonly of?: ModuleClass | undefined;
  /** The file that its TypeScript is for. */
  readonly to: string;
}

/** What became of modules. */
export interface ConvertedTexts<Text extends ModuleText = ModuleText> {
  readonly files: readonly (Text & Converted)[];
  /** Whether the TypeScript was compiled. */
  readonly isCompiled: boolean;
  readonly problems: readonly Diagnostic[];
}

/**
 * Converts modules, and has what came of them compiled together as a part of the project in a folder.
 *
 * @param modules each for another file
 */
export function convertTexts<Text extends ModuleText>(modules: readonly Text[], folder: string): ConvertedTexts<Text> {
  const problems: Diagnostic[] = [];
  const drafts = new Map<string, Draft>();
  for (const one of modules) {
    try {
      drafts.set(one.to, drafted(one));
    } catch (error) {
      if (!(error instanceof CdknixError)) throw error;
      problems.push(...error.diagnostics);
    }
  }
  problems.push(...modules.flatMap((one) => secretProblem(one, drafts.get(one.to)?.converted)));
  const isNeeded = [...drafts.values()].some(({ lowered }) => lowered);
  const compilation = isNeeded ? compilationFor(folder) : undefined;
  if (isNeeded && !compilation) problems.push(uncompiled);
  const done = compilation ? compiled(drafts, compilation) : drafts;
  const files = modules.flatMap((one) => {
    const draft = done.get(one.to);
    return draft ? [{ ...one, ...draft.converted }] : [];
  });
  return { files, isCompiled: compilation !== undefined, problems };
}

function drafted({ file, text, of, to }: ModuleText): Draft {
  try {
    return draft(text, of ?? guessClass(text), featureName(to.replace(/\.ts$/, '')));
  } catch (error) {
    if (!(error instanceof NixSyntaxError)) throw error;
    const { reason, line, column } = error;
    throw failure({
      code: 'nix-syntax',
      message: reason,
      position: { file, line, column, isSource: true },
      help: 'correct the Nix; it was left as it is',
    });
  }
}

/** What is said of a module that stays Nix for a secret that it holds. */
function secretProblem({ file, text }: ModuleText, converted: Converted | undefined): Diagnostic[] {
  if (!converted?.secret) return [];
  const { message, remedy, at } = converted.secret;
  const place = at === undefined ? undefined : lineAndColumn(text.replaceAll('\r\n', '\n'), at);
  return [
    {
      code: 'convert-secret',
      severity: 'warning',
      message: `${message}, which must not get into TypeScript as well: the file stays Nix`,
      position: redactedPosition({ file, line: place?.line ?? 1, column: place?.column ?? 1, isSource: true }),
      help: remedy,
    },
  ];
}

const uncompiled: Diagnostic = {
  code: 'convert-uncompiled',
  severity: 'warning',
  message: 'there is no TypeScript here with an API, so what was written is not compiled: its types may not fit',
  help: 'npm install --save-dev typescript@6 @types/node, and convert again; or look at it with tsc',
};
