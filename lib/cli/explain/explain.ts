import { isDeepStrictEqual } from 'node:util';
import { CdknixError, type Diagnostic, joined, type Styled } from '../../diagnostics';
import { unreadCode } from '../../diagnostics/compiler';
import { NixSyntaxError, parse } from '../../nix';
import type { ModuleClass } from '../../options/config';
import { nearestNames } from '../../options/nearest';
import { differences } from '../../options/resolve/compare';
import { oneOf, showPath } from '../../options/show-value';
import { systems } from '../../options/table';
import type { Configuration } from '../../synth/questions/configurations';
import type { Answer, Explanation, Unknown } from '../../synth/questions/questions';
import { withoutSecretsIn } from '../../synth/questions/secrets';
import type { Summary } from '../../synth/summary';
import { type AnsweredPlan, runApp } from '../app/run-app';
import { withPlanned } from '../import/flake';
import { type NixOptions, nixEval, nixRun } from '../nix/nix';
import { type Config, readConfig } from '../project/config';
import type { RunOptions } from '../synth/synth';
import { print, printJson, say, showDiagnostics } from '../terminal/terminal';
import { type UsageError, usageError } from '../terminal/usage-error';
import { asDefined, type NixValue, namesInside, valuesCode } from './nix';
import { type Compared, showBriefly, showExplanation } from './show';

/** What `cdknix explain` takes. */
export interface ExplainOptions extends RunOptions, NixOptions {
  /** Whether Nix is asked as well. */
  readonly eval?: boolean;
}

/**
 * Says what an option comes to on a machine or in a home, who defines it, and where.
 *
 * @param of a host or user
 * @param option the option, or a group of options; all that is set, if it is not given
 * @throws UsageError if there is no such host, user or option
 * @throws CdknixError if the app or Nix fails
 */
export async function explain(of: string, option: string | undefined, options: ExplainOptions): Promise<void> {
  const asked = option === undefined ? [] : namesIn(option);
  const config = readConfig(options);
  const run = nixRun(config, options);
  const plan = await runApp(config, options.timeout, [{ of, option: asked }]);
  const isOfPlaces = ({ code }: Diagnostic) => code === unreadCode;
  showDiagnostics(plan.warnings.filter(isOfPlaces));
  const { length } = plan.warnings.filter((one) => !isOfPlaces(one));
  if (length) say(`${length} warning${length === 1 ? '' : 's'}, which cdknix synth shows`);
  const answer = plan.answers[0]!;
  const configuration = theOne(of, answer, plan.summary);
  const names = answer.meant ?? asked;
  if (answer.meant) say(`taken for ${quoted(names)}: a shell takes quotes away, unless they stand in others`);
  if (answer.unknown) throw noOption(names, answer.unknown, configuration);
  const nix = options.eval ? await askNix(answer.options, configuration, plan, config, run) : [];
  if (options.json) {
    const explained = answer.options.map((one, i) => (nix[i] ? { ...one, nix: nix[i] } : one));
    printJson({ configuration, options: explained, others: answer.others });
  } else show(names, answer, configuration, nix);
}

const example = `'services.nginx.virtualHosts."example.org".root'`;

/** The names of an option as people write it, or refer to it: `config.services.nginx.virtualHosts."example.org".root`. */
function namesIn(text: string): string[] {
  const wrong = (message: string) =>
    usageError({
      code: 'explain-option',
      message: `'${text}' is not the name of an option: ${message}`,
      help: `write it as Nix does, with names that hold dots in quotes: ${example}`,
    });
  try {
    const tree = parse(`_.${text}`);
    if (tree.kind !== 'select' || tree.orElse !== undefined || tree.of.kind !== 'ident')
      throw wrong('it is an expression');
    const names = tree.path.map((key) => {
      if (key.kind === 'name') return key.name;
      throw wrong('a name is an expression');
    });
    return names[0] === 'config' && names.length > 1 ? names.slice(1) : names;
  } catch (error) {
    if (error instanceof NixSyntaxError) throw wrong(error.reason);
    throw error;
  }
}

/** A path as an argument in a shell. */
function quoted(names: readonly string[]): string {
  return `'${showPath(names).replaceAll("'", "'\\''")}'`;
}

/** The configuration that a name means. */
function theOne(of: string, { configurations }: Answer, { hosts, homes }: Summary): Configuration {
  const [only, ...others] = configurations;
  if (only && !others.length) return only;
  if (only) {
    throw usageError({
      code: 'explain-name',
      message: `there are ${configurations.length} homes of ${of}`,
      help: `name one of them: ${oneOf(configurations.map(nameOf))}`,
    });
  }
  const names = [
    ...hosts.flatMap((host) => [host.name, ...host.users.flatMap((user) => [user.name, `${user.name}@${host.name}`])]),
    ...homes.map((home) => home.name),
  ];
  const near = nearestNames(of, [...new Set(names)]);
  throw usageError({
    code: 'explain-name',
    message: `the flake has no host and no user ${of}`,
    help: near.length ? `did you mean ${oneOf(near)}?` : 'cdknix list shows those that it has',
  });
}

const ones: Record<ModuleClass, string> = { nixos: 'a host', darwin: 'a Mac', home: 'a user' };

function nameOf({ user, host, name }: Configuration): string {
  if (user === undefined) return name;
  return host === undefined ? user : `${user}@${host}`;
}

function noOption(
  names: readonly string[],
  { nearest, classes, isInside }: Unknown,
  { class: of }: Configuration,
): UsageError {
  const [elsewhere] = classes;
  const isInHome = of === 'home' && names[0] === 'home-manager';
  const others = elsewhere && `it is one of ${systems[elsewhere]}: name ${ones[elsewhere]}`;
  return usageError({
    code: 'explain-option',
    // What is asked of a host may be an option of a home: home-manager.users.<name>.…
    message: `${systems[of]} has no option ${showPath(isInHome ? names.slice(3) : names)}`,
    help:
      others ??
      (nearest.length
        ? `did you mean ${oneOf(nearest.map(showPath))}?`
        : isInside && !names.some((name) => name.includes('.'))
          ? `a name that holds dots is written in quotes, and the whole in those of the shell: ${example}`
          : 'if a module of your inputs declares it, cdknix import reads its options'),
  });
}

/** What Nix says of options. */
async function askNix(
  options: readonly Explanation[],
  configuration: Configuration,
  plan: AnsweredPlan,
  config: Config,
  run: ReturnType<typeof nixRun>,
): Promise<Compared[]> {
  const asked = options.map(({ option, outcome }) => ({ option, inner: namesInside(outcome) }));
  const what = `${asked.length === 1 ? showPath(asked[0]!.option) : `${asked.length} options`} of ${nameOf(configuration)}`;
  say(`evaluating ${what}`);
  const text = await withPlanned(plan, config.outdir, (source) =>
    nixEval({ ...source, output: configuration.output, apply: valuesCode(configuration, asked), what }, run),
  ).catch((error: unknown) => {
    throw withAdvice(error, configuration);
  });
  const values = JSON.parse(text) as NixValue[];
  return values.map((one, i) => {
    const files = (one.files ?? []).map((file) => file.replace(/^\/nix\/store\/[^/]+\//, ''));
    const isOurs = (file: string) => plan.files.has(file) || plan.files.has(`${file}/default.nix`);
    const elsewhere = [...new Set(files.filter((file) => !isOurs(file)))];
    const isAlone = one.files !== undefined && !elsewhere.length;
    const { outcome, option } = options[i]!;
    const shown: NixValue = {
      ...one,
      value: withoutSecretsIn(one.value, option),
      applied: one.applied.map(({ at, defined }) => ({ at, defined: withoutSecretsIn(defined, [...option, ...at]) })),
    };
    return { ...shown, elsewhere, differences: differences(outcome, asDefined(shown), option, isAlone) };
  });
}

/** What does not evaluate is the business of `check`. */
function withAdvice(error: unknown, { name }: Configuration): unknown {
  if (!(error instanceof CdknixError)) return error;
  const help = `cdknix check ${name} shows where it comes from, at your own lines`;
  return new CdknixError(error.diagnostics.map((one) => (one.code === 'nix-failed' ? { ...one, help } : one)));
}

const endsWith = (names: readonly string[], end: readonly string[]) =>
  isDeepStrictEqual(names.slice(names.length - end.length), end);

function show(names: readonly string[], answer: Answer, configuration: Configuration, nix: readonly Compared[]): void {
  const where = nameOf(configuration);
  const system = systems[configuration.class];
  const { options, others } = answer;
  const [only] = options;
  const blocks: Styled[] = [];
  if (only && options.length === 1)
    blocks.push(showExplanation(only, where, system, nix[0], endsWith(names, only.option) ? undefined : names));
  else if (only)
    blocks.push(
      options
        .map((one, i) => showBriefly(one, nix[i]))
        .sort()
        .join('\n'),
    );
  else blocks.push(`nothing below ${showPath(names)} is set on ${where}`);
  const unread = others.filter((one) => !one.includes('inputs.home-manager.'));
  if (unread.length) blocks.push(`not looked into: ${unread.join(', ')}`);
  print([joined(blocks, '\n\n'), '\n']);
}
