import { type Expr, freeVariables, isGlobal, NixSyntaxError, parse, print } from '../../nix';
import type { ModuleClass } from '../../options/config';
import { systems } from '../../options/table';
import { flakeReference } from '../nix/nix';
import { UsageError, usageError } from '../terminal/usage-error';

/** What the command line asks for. */
export interface ImportArguments {
  readonly flake?: string;
  readonly module?: string;
  readonly as?: string;
  /** A channel; without a name, the app's. */
  readonly channel?: string | true;
  /** A file to read; without one, whether the result is printed as JSON. */
  readonly json?: string | true;
}

/** What is to be imported. */
export interface ImportRequest {
  /** Absent for whatever the flake has. */
  readonly class?: ModuleClass;
  /** Another flake than the app's, and the name of one of its configurations. */
  readonly flake?: { readonly reference: string; readonly name?: string };
  /** Nix code of a module whose options are added. */
  readonly module?: string;
  /** An `options.json`. */
  readonly file?: string;
  /** The channel that publishes options: its name or address, or the app's. */
  readonly channel?: string | true;
}

const classes: readonly ModuleClass[] = ['nixos', 'darwin', 'home'];

/**
 * What the command line asks for.
 *
 * @throws UsageError if it is wrong or contradicts itself
 */
export function requestOf(given: string | undefined, options: ImportArguments): ImportRequest {
  const { as, channel, flake, json } = options;
  if (channel !== undefined) return { class: 'nixos', channel: channelIn(given, options) };
  const module = options.module === undefined ? undefined : moduleCode(options.module);
  const file = json === true ? undefined : json;
  if (file !== undefined) refuseBoth('--flake', flake);
  if (file !== undefined) refuseBoth('--module', module);
  const of = classOf(given, as) ?? (module && classIn(module));
  if (file !== undefined && isClass(file)) {
    throw usageError({
      code: 'import-options',
      message: `--json is followed by ${file}, which is no file`,
      help: `to print what changed as JSON, write the module system first: cdknix import ${file} --json`,
    });
  }
  if (of === undefined && (module ?? file) !== undefined) {
    throw usageError({
      code: 'import-class',
      message: `it is not clear which module system ${module ?? file} is for`,
      help: 'say it: --as nixos, --as darwin or --as home',
    });
  }
  return {
    ...(of && { class: of }),
    ...(flake !== undefined && { flake: flakeIn(flake) }),
    ...(module !== undefined && { module }),
    ...(file !== undefined && { file }),
  };
}

/** Only NixOS publishes the options of its channels. */
function channelIn(given: string | undefined, options: ImportArguments): string | true {
  const { as, channel, flake, module, json } = options;
  const of = classOf(given, as) ?? 'nixos';
  if (of !== 'nixos') {
    throw usageError({
      code: 'import-channel',
      message: `no channel publishes the options of ${systems[of]}`,
      help: `where there is Nix, cdknix import ${of} reads them from your inputs; an options.json is added by cdknix import ${of} --json <file>`,
    });
  }
  const file = json === true ? undefined : json;
  const [other] = Object.entries({ '--flake': flake, '--module': module, '--json <file>': file }).filter(
    ([, value]) => value !== undefined,
  );
  if (other) {
    throw usageError({
      code: 'import-options',
      message: `--channel and ${other[0]} do not go together`,
      help: 'import one, then the other',
    });
  }
  if (channel === true || isChannelName(channel!)) return channel!;
  throw usageError({
    code: 'import-channel',
    message: `--channel '${channel}' is no channel`,
    help: 'name one, such as nixos-26.05 or nixos-unstable, or the address of its folder: https://…',
  });
}

const isChannelName = (text: string) => /^https?:\/\/[^\s?#]+$/.test(text) || /^[a-z][\w.-]{0,60}$/i.test(text);

function refuseBoth(option: string, value: string | undefined): void {
  if (value === undefined) return;
  throw usageError({
    code: 'import-options',
    message: `--json <file> and ${option} do not go together`,
    help: 'a file has options without any flake: import one, then the other',
  });
}

function classOf(given: string | undefined, as: string | undefined): ModuleClass | undefined {
  const wrong = [given, as].find((name) => name !== undefined && !isClass(name));
  if (wrong !== undefined) {
    throw usageError({
      code: 'import-class',
      message: `'${wrong}' is not a module system`,
      help: `name one of ${classes.join(', ')}`,
    });
  }
  if (given !== undefined && as !== undefined && given !== as) {
    throw usageError({ code: 'import-class', message: `it is for ${given}, and --as ${as}`, help: 'say it once' });
  }
  return (given ?? as) as ModuleClass | undefined;
}

const isClass = (name: string): name is ModuleClass => (classes as readonly string[]).includes(name);

/** Names under which flakes have modules, and for which module system these are. */
const moduleSets: readonly (readonly [RegExp, ModuleClass])[] = [
  [/^(home|homeManager|hm)Modules?$/, 'home'],
  [/^nixosModules?$/, 'nixos'],
  [/^darwinModules?$/, 'darwin'],
];

function classIn(module: string): ModuleClass | undefined {
  const words = module.split(/[^\w]+/);
  return moduleSets.find(([name]) => words.some((word) => name.test(word)))?.[1];
}

/** The code of a module in one form, so that it is known again. */
function moduleCode(code: string): string {
  const wrong = (message: string) =>
    new UsageError([
      {
        code: 'import-module',
        severity: 'error',
        message: `--module ${code}: ${message}`,
        help: 'write it as a module of the flake does, for example inputs.nixvim.homeModules.nixvim; a file of your own is imported by the app',
      },
    ]);
  const tree = parsed(code, wrong);
  const other = [...freeVariables(tree).free.keys()].find((name) => name !== 'inputs' && !isGlobal(name));
  if (other !== undefined) throw wrong(`the Nix variable '${other}' is not defined here`);
  if (tree.kind === 'path') throw wrong('it is a path');
  return print(tree).trim();
}

function parsed(code: string, wrong: (message: string) => UsageError): Expr {
  try {
    return parse(code);
  } catch (error) {
    if (error instanceof NixSyntaxError) throw wrong(error.reason);
    throw error;
  }
}

function flakeIn(text: string): { reference: string; name?: string } {
  const [reference, ...name] = text.split('#');
  if (!reference || reference.startsWith('-')) {
    throw usageError({
      code: 'import-flake',
      message: `--flake '${text}' is not a flake reference`,
      help: 'name a flake, and if it has many hosts one of them, for example .#laptop or github:me/machines#laptop',
    });
  }
  return { reference: flakeReference(reference), ...(name.length && { name: name.join('#') }) };
}
