import { readFileSync } from 'node:fs';
import { relative, resolve, sep } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { CdknixError } from '../../diagnostics';
import { bundledTable } from '../../options/bundled';
import type { ModuleClass } from '../../options/config';
import type { Doc, Docs } from '../../options/docs';
import { overlaid } from '../../options/merge';
import { readOptionsJson } from '../../options/published/options-json';
import type { Config } from '../project/config';
import { near, say } from '../terminal/terminal';
import { usageError } from '../terminal/usage-error';
import type { ImportRequest } from './request';
import { earlierImport, type Import, type Reading } from './table';

/** Adds the options of files that earlier imports read, as long as they are there. */
export function withFiles(
  table: Import,
  docs: Docs,
  files: readonly string[],
  project: string,
): Pick<Reading, 'table' | 'docs'> {
  return files.reduce(
    (before, file) => {
      try {
        const added = readFile(file, table.class, table.release, project);
        return {
          table: {
            ...before.table,
            files: [...(before.table.files ?? []), file],
            options: overlaid(before.table.options, added.table.options),
          },
          docs: new Map([...before.docs, ...added.docs]),
        };
      } catch (error) {
        if (!(error instanceof CdknixError)) throw error;
        say(`the options of ${near(resolve(project, file))} are not kept: ${error.message}`);
        return before;
      }
    },
    { table, docs },
  );
}

/**
 * Reads the options of a published `options.json`, and adds them to those that are there.
 *
 * @throws CdknixError `options-json`, `import-json`
 */
export function readFromJson(request: ImportRequest, { project }: Config): Reading {
  const of = request.class!;
  const file = request.file!;
  const earlier = earlierImport(project, of);
  const { modules, ...bundled } = bundledTable(of);
  const base: Import = earlier ?? { ...bundled, source: 'import' };
  const path = file === '-' ? file : relative(project, resolve(file)).split(sep).join('/');
  const added = readFile(path, of, base.release, project);
  const others = (earlier?.files ?? []).filter((one) => one !== path);
  if (earlier && !earlier.files) {
    say(
      `the types have upstream's words for the options of this file only: cdknix import ${of} brings the others back`,
    );
  }
  const table: Import = {
    ...base,
    options: overlaid(base.options, added.table.options),
    ...(file !== '-' && { files: [...others, path] }),
  };
  return { table, docs: new Map([...docsOf(others, of, project), ...added.docs]), earlier, from: [] };
}

function readFile(path: string, of: ModuleClass, release: string, project: string) {
  return readOptionsJson(optionsText(path === '-' ? path : resolve(project, path)), {
    class: of,
    source: 'import',
    release,
  });
}

/** Upstream's words in files that earlier imports read: tables do not hold them. */
function docsOf(files: readonly string[], of: ModuleClass, project: string): [string, Doc][] {
  return files.flatMap((file) => {
    try {
      return [...readFile(file, of, '', project).docs];
    } catch (error) {
      if (!(error instanceof CdknixError)) throw error;
      return [];
    }
  });
}

/** No published file is near this size, in bytes. */
export const largest = 2 ** 29;

/**
 * The text of an `options.json`, which may be compressed, as those of channels are.
 *
 * @param file `-` for the standard input
 * @throws UsageError `import-json`
 */
function optionsText(file: string): string {
  try {
    const bytes = readFileSync(file === '-' ? 0 : file);
    if (file.endsWith('.gz')) return gunzipSync(bytes, { maxOutputLength: largest }).toString('utf8');
    if (file.endsWith('.br')) return brotliDecompressSync(bytes, { maxOutputLength: largest }).toString('utf8');
    return bytes.toString('utf8');
  } catch (error) {
    throw usageError({
      code: 'import-json',
      message: `cannot read ${near(file)}: ${(error as Error).message}`,
      help: "name the options.json that a module's project publishes, as it is or compressed (.gz, .br)",
    });
  }
}
