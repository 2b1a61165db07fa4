import type { ModuleClass } from '../../options/config';
import { runApp } from '../app/run-app';
import { readConfig } from '../project/config';
import type { RunOptions } from '../synth/synth';
import { print, printJson, say, showDiagnostics } from '../terminal/terminal';
import { usageError } from '../terminal/usage-error';
import { markdownOf, nameOf } from './markdown';
import { type OptionDoc, optionDocs } from './option-docs';
import { ownModules } from './own-modules';

const classes: readonly ModuleClass[] = ['nixos', 'darwin', 'home'];

/**
 * Shows the reference of the options that the app's own modules declare: Markdown, or JSON as nixpkgs' `options.json`.
 *
 * @param of the module system; all, if it is not said
 * @throws CdknixError if the app fails; UsageError for another class, and for JSON of several
 */
export async function docs(of: string | undefined, options: RunOptions): Promise<void> {
  if (of !== undefined && !classes.includes(of as ModuleClass)) {
    throw usageError({ code: 'usage', message: `'${of}' is no module system`, help: 'say nixos, darwin or home' });
  }
  const plan = await runApp(readConfig(options), options.timeout);
  showDiagnostics(plan.warnings);
  const found = byClass(ownModules(plan).filter((one) => of === undefined || one.of === of));
  if (options.json) printJson(jsonOf(found));
  else if (found.size) print(markdownOf(found));
  else say('no module of the app declares options');
}

function byClass(modules: ReturnType<typeof ownModules>): Map<ModuleClass, OptionDoc[]> {
  const found = new Map<ModuleClass, OptionDoc[]>();
  for (const of of classes) {
    const docs = modules.filter((one) => one.of === of).flatMap(({ code, file }) => optionDocs(code, file));
    if (docs.length) found.set(of, joined(docs));
  }
  return found;
}

/** Sorted by name; what several files declare is one. */
function joined(docs: readonly OptionDoc[]): OptionDoc[] {
  const byName = new Map<string, OptionDoc>();
  for (const doc of docs) {
    const name = nameOf(doc.loc);
    const { declarations = [] } = byName.get(name) ?? {};
    byName.set(name, { ...doc, declarations: [...declarations, ...doc.declarations] });
  }
  return [...byName].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, doc]) => doc);
}

function jsonOf(found: ReadonlyMap<ModuleClass, readonly OptionDoc[]>): Record<string, OptionDoc> {
  if (found.size > 1) {
    throw usageError({
      code: 'usage',
      message: `the app declares options for ${[...found.keys()].join(' and ')}, and one document is of one of them`,
      help: 'say which: cdknix docs nixos --json',
    });
  }
  const all = [...found.values()].flat();
  return Object.fromEntries(all.map((doc) => [nameOf(doc.loc), doc]));
}
