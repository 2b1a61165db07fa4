import { nearestNames } from '../../options/nearest';
import { parseSentence } from '../../options/published/sentence';
import { showTypeBriefly } from '../../options/show-type';
import { definitionsReported, ownOption, parseOptionName, shownOption, shownValue } from './definitions';
import type { OptionPlace } from './node-at';
import type { MessagePattern, NixProblem } from './problem';
import { anyOf, linesOf, lowered, oneLine, shortPath } from './text';

/** What module systems say of options (nixpkgs, lib/modules.nix and lib/options.nix). */
export const optionPatterns: readonly MessagePattern[] = [
  {
    pattern: /^The option [`‘'](.+?)['’] does not exist\./,
    read([, name], { message, proposals }) {
      const option = parseOptionName(name!);
      return {
        code: 'nix-option-unknown',
        message: `there is no option ${shownOption(option)}`,
        help: likely(option, proposals) ?? 'look up how it is spelled, or import the module that declares it',
        option,
        definitions: definitionsReported(message),
      };
    },
  },
  {
    pattern: /^A definition for option [`‘'](.+?)['’] is not of type [`‘'](.+?)['’]\./s,
    read([, name, type], { message }) {
      const option = parseOptionName(name!);
      const definitions = definitionsReported(message);
      const [first] = definitions;
      return {
        code: 'nix-option-type',
        message: `${shownOption(option)} takes ${typeInWords(type!)}${first ? `, not ${shownValue(first, option)}` : ''}`,
        help: 'write such a value, or an expression that gives one',
        option,
        definitions,
      };
    },
  },
  {
    pattern: /^The option [`‘'](.+?)['’] has conflicting definition/,
    read([, name], { message }) {
      const option = parseOptionName(name!);
      const definitions = definitionsReported(message);
      const values = [...new Set(definitions.map((one) => shownValue(one, option)))].reverse();
      return {
        ...conflict,
        message: `${shownOption(option)} is defined as ${values.length > 1 ? values.join(' and as ') : 'different things'}`,
        option,
        definitions,
      };
    },
  },
  {
    pattern: /^The option [`‘'](.+?)['’] is defined multiple times/,
    read([, name], { message }) {
      const option = parseOptionName(name!);
      return {
        ...conflict,
        message: `${shownOption(option)} is defined more than once, and takes one definition`,
        option,
        definitions: definitionsReported(message),
      };
    },
  },
  {
    pattern: /^The option [`‘'](.+?)['’] is read-only, but/,
    read([, name], { message }) {
      const option = parseOptionName(name!);
      return {
        code: 'nix-option-read-only',
        message: `${shownOption(option)} is read-only, and is set more than once`,
        help: 'leave it to the one definition that gives it its value',
        option,
        definitions: definitionsReported(message),
      };
    },
  },
  {
    pattern: /^The option [`‘'](.+?)['’] (?:was accessed but has no value defined|is used but not defined)/,
    read([, name]) {
      const option = parseOptionName(name!);
      return {
        code: 'nix-option-required',
        message: `${shownOption(option)} has no value, and something asks for it`,
        help: `set it: ${nested(ownOption(option))}`,
        option,
        isMissing: true,
        names: [String(option.at(-1))],
      };
    },
  },
  {
    pattern: /^The option [`‘'](.+?)['’] can no longer be used since it's been removed\.\s*(.*)/s,
    read: ([, name, why]) => ({ ...removed(parseOptionName(name!), why), named: [parseOptionName(name!)] }),
  },
  {
    pattern: /^The option definition [`‘'](.+?)['’] in (.+?) no longer has any effect; please remove it\.?\s*(.*)$/s,
    read([, name, files, why]) {
      const definitions = [...files!.matchAll(/[`‘'](.+?)['’]/g)].map(([, file]) => ({ file: file!, value: '' }));
      return { ...removed(parseOptionName(name!), why), definitions };
    },
  },
  {
    pattern: /^The option [`‘'](.+?)['’] defined in (.+?) has been renamed to [`‘'](.+?)['’]/s,
    read([, from, files, to]) {
      const option = parseOptionName(from!);
      return {
        code: 'nix-option-renamed',
        severity: 'warning',
        message: `${shownOption(option)} has a new name`,
        help: `write ${shownOption(parseOptionName(to!))}`,
        option,
        definitions: [...files!.matchAll(/[`‘'](.+?)['’]/g)].map(([, file]) => ({ file: file!, value: '' })),
      };
    },
  },
  {
    pattern: /^The option [`‘'](.+?)['’] in [`‘'](.+?)['’] is already declared in (.+)\.$/,
    read([, name, file, others]) {
      const option = parseOptionName(name!);
      const more = [...others!.matchAll(/[`‘'](.+?)['’]/g)].map(([, one]) => one!);
      return {
        code: 'nix-option-declared',
        message: `the option ${shownOption(option)} is declared twice`,
        help: 'keep one declaration, or give the other one a name of its own',
        files: [file!, ...more],
        names: [String(option.at(-1))],
      };
    },
  },
  {
    pattern:
      /^[Mm]odule [`‘']?(.+?)['’]? (?:\(.*?\) )?(?:does not look like a module|has an unsupported attribute [`‘'](.+?)['’])/,
    read: ([, file, attribute]) => ({
      code: 'nix-module',
      message: attribute
        ? `the module has '${attribute}' beside 'config' or 'options'`
        : `${shortPath(file!)} is imported, and is no module`,
      help: attribute
        ? `move '${attribute}' into 'config'`
        : 'a module is a set, or a function that gives one: { config, lib, pkgs, ... }: { … }',
      files: [file!],
      ...(attribute && { names: [attribute] }),
    }),
  },
  {
    pattern: /^Expected a module, but found a value of type [`"']?(.+?)[`"']?(?: |,|\n|$)/,
    read: ([, type], { message }) => ({
      code: 'nix-module',
      message: `something is imported that is no module: it is of type ${type}`,
      help: 'import a file, or a module of an input',
      files: [...message.matchAll(/(\/nix\/store\/[\w.+/@-]+)/g)].map(([, file]) => file!),
    }),
  },
  {
    pattern: /^The module [`‘'](.+?)['’]? ?(?:\(.*?\))? was imported into [`"']?(\w+)[`"']? instead of [`"']?(\w+)/,
    read: ([, file, into, of]) => ({
      code: 'nix-module',
      message: `${shortPath(file!)} is a module for ${systemOf(of!)}, and is imported for ${systemOf(into!)}`,
      help: `import it where ${systemOf(of!)} is configured`,
      files: [file!],
    }),
  },
];

const conflict = {
  code: 'nix-option-conflict',
  help: 'keep one of them, or say which one wins: mkDefault(…) gives way, mkForce(…) wins',
} as const;

function removed(option: OptionPlace, why = ''): NixProblem {
  const [first, ...notes] = linesOf(why);
  return {
    code: 'nix-option-removed',
    message: `${shownOption(option)} was removed`,
    help: first ? lowered(oneLine(first)) : 'leave it out',
    option,
    ...(notes.length && { notes }),
  };
}

/** What may be meant by an option that is not there. */
function likely(option: OptionPlace, proposals: readonly string[]): string | undefined {
  const options = proposals.map(parseOptionName);
  const near = nearestNames(
    String(option.at(-1)),
    options.map((one) => String(one.at(-1))),
  );
  const nearest = near.flatMap((name) => options.filter((one) => one.at(-1) === name));
  return proposals.length ? `did you mean ${anyOf((nearest.length ? nearest : options).map(shownOption))}?` : undefined;
}

/** A type as our own messages say it, where the module system's words are known. */
function typeInWords(text: string): string {
  const type = parseSentence(text);
  return type === 'any' ? oneLine(text) : showTypeBriefly(type);
}

function nested(option: OptionPlace): string {
  const names = option.filter((name) => typeof name === 'string');
  const keys = names.map((name) => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : `'${name}'`));
  return `${keys.map((key) => `{ ${key}: `).join('')}…${' }'.repeat(keys.length)}`;
}

const systemOf = (of: string) => ({ nixos: 'NixOS', darwin: 'nix-darwin', homeManager: 'Home Manager' })[of] ?? of;
