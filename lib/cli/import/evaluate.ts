import { CdknixError } from '../../diagnostics';
import { dumpInSteps, type LeftOut, type Steps, withoutProgress } from '../../options/dump-steps';
import { type Dumped, readDump } from '../../options/dumped';
import { importedFiles, importsFolder } from '../../options/imported';
import { type NixAttempt, type NixRun, nixEval, tryNixEval } from '../nix/nix';
import { say } from '../terminal/terminal';
import { type Extent, modulesCode, optionsCode, unchecked } from './configuration-code';
import { type Configuration, nameOf } from './cover';
import { isFurther, type ModuleEntry, type Surroundings, type Suspect, suspectsIn } from './suspects';

/** The options of a configuration, as Nix has them. */
export interface Evaluated extends Dumped {
  readonly release: string;
  /** What could not be evaluated of them. */
  readonly leftOut: readonly LeftOut[];
  /** The modules that could not be evaluated as a whole. */
  readonly leftOutModules: readonly LeftOutModule[];
}

/** A module that is left out. */
export interface LeftOutModule {
  /** Its file, or the code that imports it. */
  readonly name: string;
  /** What Nix wrote when it failed. */
  readonly stderr: string;
}

/** A flake, and what is known of it. */
export interface Source {
  readonly flake: string;
  /** How paths in Nix's messages about it are shown. */
  near?(message: string): string;
  /** The modules of its own that an error in a file may be about. */
  suspects?(file: string): readonly Suspect[];
}

/**
 * Evaluates the options of a configuration, whether or not its definitions are right. What cannot be evaluated is left out.
 *
 * @param modules Nix code of modules whose options are added
 * @throws CdknixError `nix-missing`, `nix-failed`, `nix-timeout`
 */
export async function evaluate(
  configuration: Configuration,
  modules: readonly string[],
  source: Source,
  run: NixRun,
): Promise<Evaluated> {
  const { output, class: of } = configuration;
  const whose = `the ${of} options of ${nameOf(configuration)}`;
  const what = modules.length ? `${whose} with ${modules.join(' and ')}` : whose;
  const help = `mend what Nix names; what --module added is forgotten when ${importsFolder}/${importedFiles(of).table} is removed`;
  const evaluation = { ...source, output, what, ...(modules.length && { help }) };
  const attempt = (apply: string) => tryNixEval({ ...evaluation, apply }, run);
  const { stdout, error } = await attempt(optionsCode(configuration, { modules, disabled: [] }));
  if (!error) return { ...answerIn(stdout), leftOut: [], leftOutModules: [] };
  if (!mayBeLeftOut(error)) throw error;
  say(`nix cannot evaluate all of ${whose}: they are read one by one, which takes longer`);
  try {
    return await evaluateInSteps(configuration, modules, source, attempt);
  } catch (other) {
    // The first message says it without what the steps add.
    throw other instanceof CdknixError ? error : other;
  }
}

/** Nix's answer to `optionsCode`. */
function answerIn(stdout: string): Dumped & { readonly release: string } {
  const end = stdout.indexOf('\n');
  return { release: String(JSON.parse(stdout.slice(0, end))), ...readDump(stdout.slice(end + 1)) };
}

/** Whether an error may be that of one option: it is none of the flake, nor of how Nix is run. */
function mayBeLeftOut({ diagnostics: [diagnostic] }: CdknixError): boolean {
  if (diagnostic?.code === 'nix-failed') return true;
  const isFlake = ({ message }: { message: string }) => /fetching the input|updating the (lock|flake)/.test(message);
  // A default may fetch something.
  return diagnostic?.code === 'nix-fetch' && !diagnostic.related?.some(isFlake);
}

async function evaluateInSteps(
  configuration: Configuration,
  modules: readonly string[],
  { suspects }: Source,
  attempt: (apply: string) => Promise<NixAttempt>,
): Promise<Evaluated> {
  const leftOutModules: LeftOutModule[] = [];
  let extent: Extent = { modules, disabled: [] };
  let release = '';
  const evaluateOnce = async (steps: Steps) => {
    const answer = await attempt(optionsCode(configuration, extent, steps));
    if (!answer.error) ({ release } = answerIn(`${answer.stdout}{}`));
    return answer;
  };
  const surroundings: Surroundings = {
    ...(suspects && { own: suspects }),
    async list() {
      const { stdout, error } = await attempt(modulesCode(configuration, extent));
      return error ? [] : (JSON.parse(stdout) as ModuleEntry[]);
    },
    byKey: (key, name) => ({
      name,
      leaveOut() {
        const before = extent;
        extent = { ...extent, disabled: [...extent.disabled, key] };
        return () => {
          extent = before;
        };
      },
    }),
  };
  const dumped = await dumpInSteps(evaluateOnce, async (failed, steps, place) => {
    for (const { name, leaveOut } of await suspectsIn(failed.stderr, surroundings)) {
      const bringBack = leaveOut();
      const next = await evaluateOnce(steps);
      if (isFurther(next, failed, place)) {
        leftOutModules.push({ name, stderr: withoutProgress(failed.stderr) });
        return next;
      }
      bringBack();
    }
    return undefined;
  });
  return { ...dumped, release, leftOutModules };
}

/**
 * The names in an output of a flake; none if it has no such output.
 *
 * @throws CdknixError `nix-missing`, `nix-failed`, `nix-timeout`
 */
export async function namesIn(output: Configuration['output'], source: Source, run: NixRun): Promise<string[]> {
  const apply = 'outputs: builtins.toJSON (builtins.attrNames outputs)';
  try {
    return JSON.parse(
      await nixEval({ ...source, output, apply, what: `${output} of ${source.flake}` }, run),
    ) as string[];
  } catch (error) {
    if (isOf('nix-no-output', error)) return [];
    throw error;
  }
}

/**
 * The users that have a home on a host.
 *
 * @throws CdknixError `nix-missing`, `nix-failed`, `nix-timeout`
 */
export async function usersOn({ output, name }: Configuration, source: Source, run: NixRun): Promise<string[]> {
  const apply = `outputs:
let
  ${unchecked(name)}
  users = system.options.home-manager.users.definitions or [ ];
in
builtins.toJSON (builtins.concatMap builtins.attrNames users)`;
  const text = await nixEval({ ...source, output, apply, what: `the users of ${name}` }, run);
  return [...new Set(JSON.parse(text) as string[])];
}

const isOf = (code: string, error: unknown): error is CdknixError =>
  error instanceof CdknixError && error.diagnostics[0]?.code === code;
