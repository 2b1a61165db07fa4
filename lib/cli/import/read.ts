import { failure } from '../../diagnostics';
import type { ModuleClass } from '../../options/config';
import { importingVariable } from '../../options/imported';
import { unionOf } from '../../options/merge';
import type { Plan } from '../../synth/output';
import { runApp } from '../app/run-app';
import type { NixRun } from '../nix/nix';
import type { Config } from '../project/config';
import { say, showDiagnostics } from '../terminal/terminal';
import { type Choice, type Configuration, configurationsOf, covering, nameOf, type Weighed } from './cover';
import { type Evaluated, evaluate, namesIn, type Source, usersOn } from './evaluate';
import { withPlanned } from './flake';
import { withFiles } from './json';
import { leftOutWarnings } from './left-out';
import type { ImportRequest } from './request';
import { earlierImport, type Import, type Reading } from './table';

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
    const evaluated = await evaluate(one, i === 0 ? added : [], source, run);
    showDiagnostics(leftOutWarnings(evaluated, source.near));
    read.push(evaluated);
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

async function inTurn<T, R>(all: readonly T[], use: (one: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (const one of all) results.push(await use(one));
  return results;
}
