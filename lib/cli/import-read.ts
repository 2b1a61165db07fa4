import { relative, resolve, sep } from 'node:path';
import { CdknixError, failure } from '../diagnostics';
import { bundledTable } from '../options/bundled';
import type { ModuleClass } from '../options/config';
import type { Doc, Docs } from '../options/docs';
import { importingVariable } from '../options/imported';
import { overlaid, unionOf } from '../options/merge';
import { readOptionsJson } from '../options/options-json';
import type { Plan } from '../synth/output';
import { runApp } from './app';
import type { Config } from './config';
import { type Choice, type Configuration, configurationsOf, covering, nameOf, type Weighed } from './import-cover';
import { earlierImport, type Import } from './import-earlier';
import { type Evaluated, evaluate, namesIn, type Source, usersOn } from './import-evaluate';
import { withPlanned } from './import-flake';
import { optionsText } from './import-json';
import type { ImportRequest } from './import-request';
import type { NixRun } from './nix';
import { near, say, showDiagnostics } from './terminal';

/** The options of a class as they are now, and as they were. */
export interface Reading {
  readonly table: Import;
  readonly docs: Docs;
  readonly earlier: Import | undefined;
  /** The names of the configurations that were evaluated. */
  readonly from: readonly string[];
}

const classes: readonly ModuleClass[] = ['nixos', 'darwin', 'home'];

/**
 * Reads the options of what the app's flake has.
 *
 * @param seconds how long the app may take
 * @throws CdknixError if the app or Nix fails, or the flake has no configuration of the class
 */
export async function readFromApp(
  request: ImportRequest,
  config: Config,
  run: NixRun,
  seconds: number,
): Promise<Reading[]> {
  const plan = await runToImport(config, seconds);
  const all = configurationsOf(plan);
  const wanted = wantedClasses(
    request,
    new Set(all.map((one) => one.class)),
    'make one in the app first, or name a flake that has one: --flake <reference>',
  );
  return withPlanned(plan, config.outdir, (source) =>
    inTurn(wanted, (of) => {
      const own = all.filter((one) => one.class === of);
      return readClass(of, covering(own), request, own, source, config, run);
    }),
  );
}

/**
 * Reads the options of what another flake has.
 *
 * @throws CdknixError if Nix fails, or the flake has no configuration of the class
 */
export async function readFromFlake(request: ImportRequest, config: Config, run: NixRun): Promise<Reading[]> {
  const { reference, name } = request.flake!;
  const source: Source = { flake: reference };
  const found = new Map<ModuleClass, Configuration[]>();
  for (const of of request.class ? [request.class] : classes) {
    const configurations = await configurationsIn(of, source, name, run);
    if (configurations.length) found.set(of, configurations);
  }
  const help =
    name === undefined
      ? 'name a flake that has one'
      : `there is none of the name '${name}' in ${reference}: name another one behind the #, or none to read all`;
  const wanted = wantedClasses(request, new Set(found.keys()), help);
  return inTurn(wanted, (of) => {
    const choices = found.get(of)!.map((read): Choice => ({ read, others: [] }));
    return readClass(of, choices, request, [], source, config, run);
  });
}

/** Runs the app, whatever the last import makes of its options. */
async function runToImport(config: Config, seconds: number): Promise<Plan> {
  process.env[importingVariable] = '1';
  try {
    const plan = await runApp(config, seconds);
    showDiagnostics(plan.warnings.filter(({ code }) => !code.startsWith('option-')));
    return plan;
  } finally {
    delete process.env[importingVariable];
  }
}

async function configurationsIn(
  of: ModuleClass,
  source: Source,
  name: string | undefined,
  run: NixRun,
): Promise<Configuration[]> {
  const inOutput = async (output: Configuration['output']) => {
    const names = await namesIn(output, source, run);
    return names
      .filter((one) => name === undefined || one === name)
      .map((one): Configuration => ({ class: of, output, name: one }));
  };
  if (of !== 'home') return inOutput(`${of}Configurations`);
  const standalone = await inOutput('homeConfigurations');
  if (standalone.length) return standalone;
  const hosts = [...(await inOutput('nixosConfigurations')), ...(await inOutput('darwinConfigurations'))];
  const homes = await inTurn(hosts, async (host) =>
    (await usersOn(host, source, run)).map((user): Configuration => ({ ...host, user })),
  );
  return homes.flat();
}

function wantedClasses(request: ImportRequest, there: ReadonlySet<ModuleClass>, help: string): ModuleClass[] {
  const wanted = request.class ? [request.class] : classes;
  const found = wanted.filter((of) => there.has(of));
  if (found.length) return found;
  const what = request.class ? configurationsNamed[request.class] : 'host and no home';
  throw failure({ code: 'import-nothing', message: `there is no ${what} to read options from`, help });
}

const configurationsNamed: Record<ModuleClass, string> = {
  nixos: 'NixOS host',
  darwin: 'nix-darwin host',
  home: 'Home Manager home',
};

/** Reads a class from some of its configurations. */
async function readClass(
  of: ModuleClass,
  choices: readonly Choice[],
  request: ImportRequest,
  known: readonly Weighed[],
  source: Source,
  { project }: Config,
  run: NixRun,
): Promise<Reading> {
  const earlier = earlierImport(project, of);
  const imported = new Set(known.flatMap((one) => one.modules));
  const asked = [...(request.flake ? [] : (earlier?.added ?? [])), ...(request.module ? [request.module] : [])];
  const added = [...new Set(asked)].filter((module) => !imported.has(module));
  const modules = [...imported, ...added].sort();
  const read: Evaluated[] = [];
  for (const [i, { read: one, others }] of choices.entries()) {
    say(`reading the ${of} options of ${nameOf(one)}${standsFor(others)}`);
    // All are joined, so that one is enough to have the options of a module.
    read.push(await evaluate(one, i === 0 ? added : [], source, run));
  }
  const evaluated: Import = {
    class: of,
    source: 'import',
    release: read[0]!.release,
    ...(modules.length && { modules }),
    ...(added.length && { added }),
    options: read.map(({ options }) => options).reduce(unionOf),
  };
  const docs = new Map(read.toReversed().flatMap((one) => [...one.docs]));
  const from = choices.map((choice) => nameOf(choice.read));
  const kept = request.flake ? [] : (earlier?.files ?? []);
  return { ...withFiles(evaluated, docs, kept, project), earlier, from };
}

function standsFor(others: readonly Configuration[]): string {
  if (!others.length) return '';
  const [first, ...more] = others.map(nameOf);
  const names = more.length > 1 ? `${first} and ${more.length} more` : [first, ...more].join(' and ');
  return `, which has those of ${names} too`;
}

/** Adds the options of files that earlier imports read, as long as they are there. */
function withFiles(
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

async function inTurn<T, R>(all: readonly T[], use: (one: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (const one of all) results.push(await use(one));
  return results;
}
