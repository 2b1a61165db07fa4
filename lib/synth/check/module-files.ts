import { readFileSync } from 'node:fs';
import { basename, extname } from 'node:path';
import { NixSyntaxError, parse } from '../../nix';

/** Why a file is no module, and what to do. */
export interface NoModule {
  readonly message: string;
  readonly help: string;
}

/** How files of other languages come to what a machine says, by the ends of their names. */
const others: Readonly<Record<string, (path: string) => NoModule>> = {
  ...Object.fromEntries(['.ts', '.mts', '.cts', '.tsx'].map((end) => [end, code('TypeScript')])),
  ...Object.fromEntries(['.js', '.mjs', '.cjs', '.jsx'].map((end) => [end, code('JavaScript')])),
  '.json': data('JSON', 'importJSON'),
  '.toml': data('TOML', 'importTOML'),
};

function code(language: string) {
  return (path: string): NoModule => ({
    message: `'${path}' is ${language}, and import takes Nix`,
    help: `import it in your code, import { … } from '${path.replace(/\.\w+$/, '')}', and use(…) the feature that it has`,
  });
}

function data(language: string, reader: string) {
  return (path: string): NoModule => ({
    message: `'${path}' is ${language}, and import takes Nix`,
    help: `set(lib.${reader}(path('${path}'))) defines what it says`,
  });
}

/**
 * What is wrong with a file to import as a module: other languages, and what is no Nix.
 *
 * @param path as the user wrote it
 * @param source the file
 */
export function notAModule(path: string, source: string): NoModule | undefined {
  if (basename(source) === 'flake.nix') {
    return {
      message: `'${path}' is a flake, and no module`,
      help: "declare it as an input, flake.input('name', { url: 'path:…' }), and import a module of it",
    };
  }
  const end = extname(source);
  if (end === '.nix') return undefined;
  const other = others[end];
  if (other) return other(path);
  try {
    parse(readFileSync(source, 'utf8'));
    return undefined;
  } catch (error) {
    if (!(error instanceof NixSyntaxError)) throw error;
    return {
      message: `'${path}' is no Nix: ${error.message}`,
      help: 'give import the path of a Nix module; path(…) is for other files, as values of options',
    };
  }
}
