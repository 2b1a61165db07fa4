import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, relative, resolve, sep } from 'node:path';
import { compiled } from '../../../convert/compile';
import { type Draft, draft } from '../../../convert/draft';
import { type Alias, aliasesOf } from '../../../convert/flake/aliases';
import type { Facts } from '../../../convert/flake/facts';
import { featureNames, typescriptFile } from '../../../convert/flake/feature-names';
import { lockWith } from '../../../convert/flake/lock';
import type { Known } from '../../../convert/flake/main-file';
import type { FlakeModel, MachineModel } from '../../../convert/flake/model';
import { moduleGraph } from '../../../convert/flake/module-graph';
import type { Conversion } from '../../../convert/flake/project';
import { moduleFilesOf, namedBy, namedIn, reachedFrom } from '../../../convert/flake/reach';
import { readFlake } from '../../../convert/flake/read-flake';
import { runProject } from '../../../convert/flake/run-project';
import type { Source } from '../../../convert/flake/value';
import { failure } from '../../../diagnostics';
import type { NixSyntaxError } from '../../../nix';
import { definitionIn } from '../../../synth/definition-in';
import { type NixOptions, type NixRun, nixRun } from '../../nix/nix';
import { evaluationsAtOnce } from '../../nix/process';
import { packageInfo } from '../../package-info';
import { near, printJson, say, sayBriefly } from '../../terminal/terminal';
import { usageError } from '../../terminal/usage-error';
import { compilationFor } from '../compilation';
import { atOnce } from './at-once';
import { copyFiles } from './copy';
import { censusOf, derivationOf, type Evaluated, factsOf, outputOf } from './evaluate';
import { folderSource } from './folder-source';
import { type Original, originalAt } from './original';
import { projectFiles } from './project-files';
import { proven } from './prove';
import { reportOf, wordsOf } from './report';
import { hashOf, readState, type State, stateFile, writeState } from './state';
import { Wrapper } from './wrapper';
import { removeOthers, writeTexts } from './write-project';

/** What `cdknix convert` takes for a flake. */
export interface ConvertFlakeOptions extends NixOptions {
  readonly out?: string;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

/**
 * Makes a project of TypeScript from a flake, beside it, and proves that its machines are the same.
 *
 * @param path the folder of the flake
 * @throws UsageError where there is none, or the folder for the result holds something else
 */
export async function convertFlake(path: string, options: ConvertFlakeOptions): Promise<void> {
  const original = originalAt(path);
  const aim = resolve(options.out ?? join(original.folder, 'typescript'));
  checkOut(aim, original);
  const out = options.dryRun ? mkdtempSync(join(tmpdir(), 'cdknix-dry-run-')) : aim;
  const wrapper = new Wrapper(original, aim);
  try {
    await convertInto(out, original, aim, wrapper, options);
  } finally {
    wrapper.remove();
    if (options.dryRun) rmSync(out, { recursive: true, force: true });
  }
}

async function convertInto(
  out: string,
  original: Original,
  aim: string,
  wrapper: Wrapper,
  options: ConvertFlakeOptions,
): Promise<void> {
  const unparsed = new Map<string, NixSyntaxError>();
  const source = folderSource(original.folder, relative(original.folder, aim), unparsed);
  const model = readFlake(source);
  if (!model) throw unreadable(original, unparsed.get('flake.nix'));
  const run = runFor(original, options);
  const state = readState(aim, relative(aim, original.folder));
  const facts = await askedOf(model, wrapper, run, state);
  const conversion = conversionOf(model, source, facts, out);
  const aliases = aliasesOf(model);

  mkdirSync(join(out, 'nix'), { recursive: true });
  const others = new Map(Object.entries(projectFiles(basename(original.folder), packageInfo())));
  const edited = writeTexts(others, out, state);
  copyFiles(reachedFrom(namedIn(model), source), original.folder, out);
  carryLock(original, aliases, out);

  const before = new Map(
    model.machines.map((machine): [MachineModel, Evaluated<string>] => {
      const found = facts.get(machine)!;
      return [machine, 'value' in found ? { value: found.value.derivation } : found];
    }),
  );
  let result = '';
  const { project, verdicts } = await proven(conversion, before, stayingFrom(state, source), {
    root: out,
    synth(project) {
      runProject(project.script).synth({ outdir: join(out, 'nix') });
      result = '';
    },
    derivation(machine) {
      result ||= wrapper.with(join(out, 'nix'), aliases);
      return derivationOf(result, machine, run);
    },
    most: evaluationsAtOnce(),
    stays: (file, because) => {
      state.stays[file] = { because, hash: hashIn(original, file) };
      if (!options.dryRun) writeState(out, state);
    },
    progress: (text) => sayBriefly(`${text}\n`),
  });
  edited.push(...writeTexts(project.texts, out, state));
  removeOthers(project, others.keys(), original.folder, out, state);
  if (!options.dryRun) writeState(out, state);
  const report = reportOf(conversion, project, verdicts, { flake: original.folder, out: aim, edited, unparsed });
  say(wordsOf(report));
  if (options.json) printJson(report);
  if (report.machines.some(({ is }) => is === 'other')) process.exitCode = 1;
}

/** What Nix says of each machine; what an earlier run was told is not asked again. */
async function askedOf(model: FlakeModel, wrapper: Wrapper, run: NixRun, state: State) {
  const alone = wrapper.alone();
  const census = await censusOf(alone, run);
  const identity = 'value' in census ? `${census.value.identity} ${hashOf(JSON.stringify(run.flags))}` : '';
  if (state.original !== identity) state.machines = {};
  state.original = identity;
  const found = await atOnce(
    model.machines,
    evaluationsAtOnce(),
    async (machine): Promise<Evaluated<Facts & { derivation: string }>> => {
      if ('error' in census) return census;
      const key = `${outputOf(machine.kind)}.${machine.name}`;
      const known = state.machines[key];
      if (known) return { value: known };
      sayBriefly(`evaluating ${machine.name}\n`);
      const asked = await factsOf(alone, machine, run);
      if ('value' in asked) state.machines[key] = asked.value;
      return asked;
    },
  );
  return new Map(model.machines.map((machine, i) => [machine, found[i]!]));
}

function conversionOf(
  model: FlakeModel,
  source: Source,
  facts: ReadonlyMap<MachineModel, Evaluated<Facts>>,
  out: string,
): Conversion {
  const graph = moduleGraph(model, source);
  const names = featureNames(graph.nodes.keys());
  const drafts = new Map<string, Draft>();
  const whole = new Map<string, string>();
  for (const { file, of } of graph.nodes.values()) {
    const made = draft(source.text(file)!, of, names.get(file)!);
    if (made.lowered) drafts.set(file, made);
    else whole.set(file, made.converted.because!);
  }
  const compilation = drafts.size ? compilationFor(out) : undefined;
  if (compilation) {
    const pathOf = (file: string) =>
      join(
        out,
        typescriptFile(file, (path) => source.exists(path)),
      );
    const own = { ...compilation, others: [] };
    const done = compiled(new Map([...drafts].map(([file, one]) => [pathOf(file), one])), own);
    for (const file of [...drafts.keys()]) {
      const one = done.get(pathOf(file))!;
      if (one.lowered) drafts.set(file, one);
      else {
        drafts.delete(file);
        whole.set(file, one.converted.because!);
      }
    }
  }
  return { model, source, graph, drafts, whole, knownOf: (machine) => knownOf(machine, facts.get(machine), source) };
}

function knownOf(machine: MachineModel, found: Evaluated<Facts> | undefined, source: Source): Known {
  const trees = [...moduleFilesOf(machine.modules, source)].map((file) => source.parse(file)!);
  let all: string[] | undefined;
  return {
    facts: found && 'value' in found ? found.value : undefined,
    says: (option) => trees.some((tree) => definitionIn(tree, option) !== undefined),
    mentions(word) {
      all ??= [...reachedFrom(namedBy(machine), source)].flatMap((file) =>
        file.endsWith('.nix') ? [source.text(file) ?? ''] : [],
      );
      const own = machine.modules.map((one) => (one.is === 'file' ? '' : JSON.stringify(one.code)));
      return [...all, ...own].some((text) => text.includes(word));
    },
  };
}

/** What stayed Nix in an earlier run, as long as it is what it was then. */
function stayingFrom({ stays }: State, source: Source): Map<string, string> {
  const same = Object.entries(stays).filter(([file, { hash }]) => hashOf(source.text(file) ?? '') === hash);
  return new Map(same.map(([file, { because }]) => [file, because]));
}

const hashIn = ({ folder }: Original, file: string) => hashOf(readFileSync(join(folder, file), 'utf8'));

function carryLock({ folder }: Original, aliases: readonly Alias[], out: string): void {
  const file = join(folder, 'flake.lock');
  const target = join(out, 'nix/flake.lock');
  const lock = existsSync(file) ? lockWith(readFileSync(file, 'utf8'), aliases) : undefined;
  if (lock !== undefined) writeFileSync(target, lock);
}

/** How Nix is asked: an input that the user overrides is one of the original. */
function runFor({ folder }: Original, options: ConvertFlakeOptions): NixRun {
  const overrideInput = options.overrideInput?.map((word, i) => (i % 2 ? word : `original/${word}`));
  return nixRun({ project: folder, app: '', outdir: '' }, { ...options, ...(overrideInput && { overrideInput }) });
}

/** The folder for the result is new, or holds what an earlier run has made. */
function checkOut(out: string, { folder }: Original): void {
  if (out === folder || folder.startsWith(out + sep)) {
    throw usageError({
      code: 'convert-out',
      message: `${near(out)} holds the flake itself`,
      help: 'give --out a folder of its own: the originals stay as they are',
    });
  }
  if (!existsSync(out) || existsSync(join(out, stateFile)) || !readdirSync(out).length) return;
  throw usageError({
    code: 'convert-out',
    message: `${near(out)} is not empty, and no conversion has made it`,
    help: 'give --out another folder, or move that one away',
  });
}

function unreadable({ folder }: Original, error: NixSyntaxError | undefined) {
  const file = join(folder, 'flake.nix');
  return failure({
    code: error ? 'nix-syntax' : 'convert-flake',
    message: error ? error.reason : `${near(file)} is no flake: it has no function of outputs`,
    position: { file, line: error?.line ?? 1, column: error?.column ?? 1, isSource: true },
    help: error ? 'correct the Nix; nothing was written' : 'name the folder of a flake, or files with Nix modules',
  });
}
