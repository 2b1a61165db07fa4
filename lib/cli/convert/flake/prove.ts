import type { MachineModel } from '../../../convert/flake/model';
import type { Conversion, Project } from '../../../convert/flake/project';
import { projectOf } from '../../../convert/flake/project';
import { moduleFilesOf } from '../../../convert/flake/reach';
import { CdknixError } from '../../../diagnostics';
import { atOnce } from './at-once';
import { firstFailing } from './bisect';
import type { Evaluated } from './evaluate';

/** What became of a machine. */
export type Verdict =
  /** It comes to the derivation that it came to before. */
  | { readonly is: 'same' }
  /** It does not, though all of its files are as they were. */
  | { readonly is: 'other'; readonly because: string }
  /** There is no derivation to compare with. */
  | { readonly is: 'unknown'; readonly because: string };

export interface Proof {
  readonly project: Project;
  readonly verdicts: ReadonlyMap<MachineModel, Verdict>;
}

/** What a proof needs of the world around it. */
export interface World {
  /** Where the project is going to be. */
  readonly root: string;
  /** Writes the flake of a project; throws what synth throws. */
  synth(project: Project): void;
  /** The derivation of a machine of the flake that was written last. */
  derivation(machine: MachineModel): Promise<Evaluated<string>>;
  /** How many evaluations may run at once. */
  readonly most: number;
  /** Takes why a module stays as it is. */
  stays(file: string, because: string): void;
  /** Takes what is done, for a person who waits. */
  progress(text: string): void;
}

/**
 * Finds the project whose machines are those of the original: what makes one another stays as it is.
 *
 * @param before the derivations of the original
 * @param known modules that stay as they are from an earlier run
 */
export async function proven(
  conversion: Conversion,
  before: ReadonlyMap<MachineModel, Evaluated<string>>,
  known: ReadonlyMap<string, string>,
  world: World,
): Promise<Proof> {
  const stays = new Map(known);
  const verdicts = new Map<MachineModel, Verdict>();
  for (const [machine, found] of before) {
    if ('error' in found) verdicts.set(machine, { is: 'unknown', because: found.error });
  }
  for (;;) {
    const project = projectOf(conversion, stays, world.root);
    const refusal = refused(project, world);
    if (refusal !== undefined) {
      const culprit = await culpritOf(
        [...project.converted.keys()],
        (files) => refused(only(files), world) !== undefined,
      );
      if (culprit === undefined) throw refusal;
      stay(culprit, `cdknix refuses it: ${refusal.message}`);
      continue;
    }
    const open = conversion.model.machines.filter((machine) => !verdicts.has(machine));
    world.progress(`evaluating ${open.length} of ${conversion.model.machines.length} machines`);
    const other = await differing(open);
    if (!other) return { project, verdicts };
    const { machine, because } = other;
    const own = new Set(filesOf(machine));
    const files = [...project.converted.keys()].filter((file) => own.has(file));
    if (!files.length || (await differs(machine, []))) verdicts.set(machine, { is: 'other', because });
    else {
      const culprit = await culpritOf(files, (some) => differs(machine, some));
      stay(culprit!, because);
    }
  }

  function stay(file: string, because: string): void {
    stays.set(file, because);
    world.stays(file, because);
    // What was proven with it as TypeScript is to be proven without.
    for (const [machine, { is }] of verdicts) if (is === 'same' && filesOf(machine).has(file)) verdicts.delete(machine);
  }

  /** The project with only some of the modules as TypeScript. */
  function only(files: readonly string[]): Project {
    const others = [...conversion.drafts.keys()].filter((file) => !files.includes(file));
    return projectOf(conversion, new Map(others.map((file) => [file, 'later'])), world.root);
  }

  /** The first machine that is not what it was; all that are get their verdicts. */
  async function differing(machines: readonly MachineModel[]) {
    const found = await atOnce(machines, world.most, (machine) => world.derivation(machine));
    let first: { machine: MachineModel; because: string } | undefined;
    for (const [i, machine] of machines.entries()) {
      const because = difference(before.get(machine)!, found[i]!);
      if (because === undefined) verdicts.set(machine, { is: 'same' });
      else first ??= { machine, because };
    }
    return first;
  }

  async function differs(machine: MachineModel, files: readonly string[]): Promise<boolean> {
    world.progress(`looking for what makes ${machine.name} another machine: ${files.length} modules`);
    if (refused(only(files), world) !== undefined) return true;
    return difference(before.get(machine)!, await world.derivation(machine)) !== undefined;
  }

  function filesOf({ modules, users }: MachineModel): Set<string> {
    return moduleFilesOf([...modules, ...users.flatMap((user) => user.modules)], conversion.source);
  }
}

/** The first module with which something fails; nothing where it fails without any. */
async function culpritOf(
  files: readonly string[],
  fails: (files: readonly string[]) => boolean | Promise<boolean>,
): Promise<string | undefined> {
  if (!files.length || (await fails([]))) return undefined;
  return files[await firstFailing(files.length, (first) => fails(files.slice(0, first)))];
}

/** Why the flake of a project cannot be written. */
function refused(project: Project, { synth }: World): Error | undefined {
  try {
    synth(project);
    return undefined;
  } catch (error) {
    if (error instanceof CdknixError || error instanceof TypeError) return error;
    throw error;
  }
}

function difference(before: Evaluated<string>, after: Evaluated<string>): string | undefined {
  if ('error' in after) return `nix cannot evaluate it: ${after.error.split('\n')[0]}`;
  return 'value' in before && before.value === after.value ? undefined : 'it would be another derivation';
}
