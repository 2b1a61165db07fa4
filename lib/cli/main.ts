#!/usr/bin/env node
import { Command, CommanderError, InvalidArgumentError } from 'commander';
import { packageInfo } from './package-info';
import type { RunOptions } from './synth/synth';
import { print, sayAsIs } from './terminal/output';

const exitCodes = `
Exit codes:
  0  all is well
  1  the app, the output, what import reads or what Nix evaluates has problems; with diff --exit-code also:
     they differ; with fix: something is left; with check also: there is no nix
  2  wrong usage or configuration`;

/** Seconds as an option's value; setTimeout counts no further than 24 days. */
function seconds(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && value >= 0 && value <= 2_000_000) return value;
  throw new InvalidArgumentError('give a number of seconds, or 0 for no limit');
}

function count(text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value > 0) return value;
  throw new InvalidArgumentError('give a number, 1 at least');
}

/** What adds each command. Each is loaded when it is called: most of what they need is not needed to show the help. */
const commands: Readonly<Record<string, (program: Command) => Command>> = {
  init: (program) =>
    program
      .command('init')
      .description('make a new project')
      .argument('[folder]', 'where, if not here')
      .option('--template <kind>', "what it is: 'app' (machines) or 'library' (features for others to use)")
      .option('--host <name>', 'the name of the first host')
      .option('--system <system>', "the first host's platform, such as x86_64-linux")
      .option('--user <name>', 'the name of the first user')
      .option('-y, --yes', 'ask nothing')
      .option('--json', 'print what was made as JSON')
      .action(async (folder, options) => (await import('./init/init.js')).init(folder, options)),

  synth: (program) =>
    withProject(program.command('synth'))
      .description('run the app and write the flake')
      .option('--strict', 'take warnings for errors, so that nothing is written')
      .option('--typecheck', "have the project's TypeScript check the types as well")
      .option('--json', 'print what was done as JSON')
      .action(async (options: RunOptions) => (await import('./synth/synth.js')).synth(options)),

  diff: (program) =>
    withProject(program.command('diff'))
      .description('show what a synth would change')
      .option('--strict', 'take warnings for errors')
      .option('--json', 'print the changed files as JSON')
      .option('--exit-code', 'exit with 1 if there are differences')
      .action(async (options) => (await import('./diff/diff.js')).diff(options)),

  list: (program) =>
    withProject(program.command('list').alias('ls'))
      .description('show the hosts and users, and the features that they use')
      .option('--tree', 'as a tree')
      .option('--json', 'as JSON')
      .action(async (options) => (await import('./list.js')).list(options)),

  check: (program) =>
    withNix(
      withProject(program.command('check'))
        .description('have Nix evaluate hosts and homes; errors are shown where you wrote what they are about')
        .argument('[names...]', 'hosts, users or homes (default: all that changed since they last passed)')
        .option('--all', 'also what passed before and has not changed')
        .option('--fail-fast', 'stop at the first that fails')
        .option('--jobs <number>', 'how many evaluations at once (default: by free memory)', count)
        .option('--trace', "show Nix's own words as well")
        .option('--strict', 'take warnings for errors')
        .option('--json', 'print the results as JSON'),
    ).action(async (names, options) => (await import('./check/check.js')).check(names, options)),

  explain: (program) =>
    withNix(
      withProject(program.command('explain'))
        .description('show what an option comes to, who defines it, and where')
        .argument('<name>', 'a host (desk) or a home (anna, anna@desk, desk/anna)')
        .argument('[option]', 'the option, or a group of options (default: all that is set)')
        .option('--json', 'print it as JSON')
        .option('--eval', 'ask Nix as well'),
      'with --eval: ',
    ).action(async (of, option, options) => (await import('./explain/explain.js')).explain(of, option, options)),

  import: (program) =>
    withNix(
      withProject(program.command('import'))
        .description('read the options of your own inputs: types and tables for the project')
        .argument('[class]', 'nixos, darwin or home (default: all that the app has)')
        .option('--flake <reference>', 'from the configurations of another flake; with #<name> from one of them')
        .option('--module <code>', 'add the options of a module: inputs.nixvim.homeModules.nixvim')
        .option('--json [file]', 'add those of a published options.json; without a file: print what changed as JSON')
        .option('--channel [name]', "without Nix: the options of NixOS that a channel publishes (default: the app's)")
        .option('--as <class>', 'what a module or a file is for'),
    ).action(async (of, options) => (await import('./import/import.js')).importOptions(of, options)),

  convert: (program) =>
    withNix(
      program
        .command('convert')
        .description('turn a flake, or Nix modules, into TypeScript that is proven to mean the same')
        .argument(
          '[files...]',
          'the folder of a flake, files with modules, or - for code to read (default: the flake here)',
        )
        .option('--as <class>', 'what modules are for: nixos, darwin or home (default: by their options)')
        .option('--out <folder>', "where the TypeScript goes (default: beside the files; a flake's in typescript/)")
        .option('--dry-run', 'write nothing, and say what would come of it')
        .option('--json', 'print what was done as JSON'),
      'of a flake: ',
    ).action(async (files, options) => (await import('./convert/convert.js')).convertFiles(files, options)),

  fix: (program) =>
    withProject(program.command('fix'))
      .description('give renamed options their new names in the sources')
      .option('--dry-run', 'show the changes as a patch, and write nothing')
      .option('--json', 'print what was done as JSON')
      .action(async (options) => (await import('./fix/fix.js')).fix(options)),

  docs: (program) =>
    withProject(program.command('docs'))
      .description('write the reference of the options that your own modules declare, as Markdown')
      .argument('[class]', 'nixos, darwin or home (default: all)')
      .option('--json', "as JSON, in the form of nixpkgs' options.json")
      .action(async (of, options) => (await import('./docs/docs.js')).docs(of, options)),

  watch: (program) =>
    withProject(program.command('watch'))
      .description('synth again whenever a file of the project changes')
      .option('--strict', 'take warnings for errors, so that nothing is written')
      .option('--typecheck', "have the project's TypeScript check the types as well")
      .action(async (options: RunOptions) => (await import('./watch/index.js')).watch(options)),
};

/**
 * The command line's grammar.
 *
 * @param called the command that is called, which is all that is needed then; else all are
 */
function programme(called = ''): Command {
  const program = new Command('cdknix')
    .description('Nix machines from TypeScript: hosts, users and features in, a flake of plain modules out')
    .version(packageInfo().version, '-V, --version', 'show the version')
    .helpOption('-h, --help', 'show this help')
    .helpCommand(false)
    .showSuggestionAfterError()
    .addHelpText('after', exitCodes)
    .configureOutput({ writeOut: print, writeErr: sayAsIs })
    .exitOverride();

  const needed = Object.hasOwn(commands, called) ? [commands[called]!] : Object.values(commands);
  for (const add of needed) add(program);
  return program;
}

/** @param when in which case Nix is run, if it is not always */
function withNix(command: Command, when = ''): Command {
  const what = when === '' ? 'one evaluation' : 'it';
  return command
    .option('--offline', `${when}let Nix use what is in the store`)
    .option('--impure', `${when}let Nix read more than the flake`)
    .option('--override-input <name reference...>', `${when}another input than the one that is locked`)
    .option('--nix-timeout <seconds>', `${when}how long ${what} may take; 0 for no limit`, seconds, 600);
}

function withProject(command: Command): Command {
  return command
    .option('--app <command>', 'the command that runs the app, instead of the one in cdk-like.json')
    .option('--output <folder>', 'the output folder, instead of the one in cdk-like.json')
    .option('--project <folder>', 'the folder of cdk-like.json (default: the nearest one, from here upwards)')
    .option('--timeout <seconds>', 'how long the app may take; 0 for no limit', seconds, 60);
}

/** Whether a program is to have the result; `import` takes the name of a file behind the same option. */
function wantsJson([command, ...words]: readonly string[]): boolean {
  const at = words.indexOf('--json');
  return at >= 0 && !(command === 'import' && /^(?!-.)./.test(words[at + 1] ?? ''));
}

async function main(): Promise<void> {
  // Whoever reads our output may have seen enough: `cdknix diff | head`.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit();
    throw error;
  });
  const words = process.argv.slice(2);
  const program = programme(words[0]);
  const fail = async (error: unknown) => {
    const { showFailure } = await import('./terminal/failure.js');
    return showFailure(error, words[0], wantsJson(words));
  };
  process.on('uncaughtException', (error) => void fail(error).then((exitCode) => process.exit(exitCode)));
  try {
    await program.parseAsync();
  } catch (error) {
    const isHelp = error instanceof CommanderError && error.exitCode === 0;
    process.exitCode = isHelp ? 0 : await fail(error);
  }
}

main();
