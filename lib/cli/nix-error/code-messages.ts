import { type Expr, print } from '../../nix';
import { showPath } from '../../options/show-value';
import { parseOptionName, shownOption } from './definitions';
import type { NixError } from './nix-error';
import type { OptionPlace, Spot } from './node-at';
import type { MessagePattern, NixProblem } from './problem';
import { lowered, meaning, oneLine, shortPath } from './text';

/** What the evaluator says of code. */
export const codePatterns: readonly MessagePattern[] = [
  {
    // Newer versions quote a name that is no identifier once more.
    pattern: /^attribute '"?(.+?)"?' missing$/,
    read: ([, name], error, spot) => moduleArgument(error) ?? missingAttribute(name!, error, spot),
  },
  {
    pattern: /^undefined variable '(.+)'$/,
    read([, name], { proposals }, spot) {
      const isPackage = spot?.steps.some(({ node }) => node.kind === 'with' && isVariable(node.env, 'pkgs'));
      const near = meaning(name!, proposals);
      return {
        code: 'nix-undefined-variable',
        message: isPackage ? `there is no package pkgs.${name}` : `the Nix variable '${name}' is not defined here`,
        help: near ?? (isPackage ? search : 'correct its name, or add it to the arguments of the module'),
        names: [name!],
        ...(isPackage && !near && { choice: { of: 'pkgs', path: [], name: name! } }),
      };
    },
  },
  {
    pattern: /called without required argument '(.+)'$/,
    read: ([, name]) => ({
      code: 'nix-argument',
      message: `a function is called without its argument '${name}'`,
      help: `add it to what the function is called with, or give it a default: ${name} ? …`,
    }),
  },
  {
    pattern: /called with unexpected argument '(.+)'$/,
    read: ([, name], { proposals }) => ({
      code: 'nix-argument',
      message: `a function is called with the argument '${name}', which it does not take`,
      help: meaning(name!, proposals) ?? 'leave it out, or let the function take more: { …, ... }',
      names: [name!],
    }),
  },
  {
    pattern: /^value is (an? .+?|null) while (an? .+) was expected/,
    read: ([, is, expected]) => mistyped(is!, expected!),
  },
  {
    pattern: /^expected (an? .+?) but (?:found|got) (an? [\w -]+|null)/i,
    read: ([, expected, is]) => mistyped(is!, expected!),
  },
  {
    pattern: /^cannot coerce (an? [\w -]+?|the built-in function.*?|null) to a string/,
    read: ([, is]) => mistyped(is!, 'a string'),
  },
  {
    pattern: /^attempt to call something which is not a function but (an? [\w ]+?|null)(?:: |$)/,
    read: ([, is]) => mistyped(is!, 'a function'),
  },
  {
    pattern:
      /^(?:cannot (?:add|subtract|multiply|divide|compare|append|concatenate|convert|decode|parse)|division by zero|integer overflow|.*index .* is out of bounds)/,
    read: (_, { message }) => ({ code: 'nix-type', message: lowered(oneLine(message)), help: correct }),
  },
  {
    pattern: /^assertion '(.+)' failed/s,
    read: ([, condition]) => ({
      code: 'nix-assert',
      message: `an assert does not hold: ${oneLine(condition!).replace(/^\((.*)\)$/, '$1')}`,
      help: 'correct what it asserts, or the assert',
    }),
  },
  {
    pattern: /^(?:infinite recursion encountered|stack overflow)/,
    read: (_, { frames }) => recursion(frames),
  },
  {
    pattern:
      /^(?:getting status of|path) '(.+?)'(?:: No such file or directory| does not exist)|^opening file '(.+?)': No such file/,
    read: ([, path, other]) => ({
      code: 'nix-path',
      message: `there is no file ${shortPath(path ?? other!)}`,
      help: "only what the app refers to is copied: name files of your project with path('…'), relative to the TypeScript file",
    }),
  },
  {
    pattern: /^access to (?:absolute |canonical )?path '(.+?)' is forbidden in pure eval/,
    read: ([, path]) => ({
      code: 'nix-path',
      message: `${shortPath(path!)} cannot be read: a flake sees its own files only`,
      help: "copy it into the project and name it with path('…'); a file that is there when the machine runs is a string",
    }),
  },
  {
    pattern: /^cannot look up '(<.+?>)' in pure eval|^file '(.+?)' was not found in the Nix search path/,
    read: ([, path, other]) => ({
      code: 'nix-path',
      message: `${path ?? `<${other}>`} cannot be looked up: a flake knows its inputs only`,
      help: 'write inputs.<name>, such as inputs.nixpkgs',
    }),
  },
  {
    pattern: /^syntax error, (.+)$/s,
    read: ([, what]) => ({ code: 'nix-syntax', message: oneLine(what!), help: 'correct the Nix code' }),
  },
];

const correct = 'correct the expression';
const search = 'look up its name: nix search nixpkgs <words>';

const mistyped = (is: string, expected: string): NixProblem => ({
  code: 'nix-type',
  message: `${lowered(is.trim())} stands where ${lowered(expected.trim())} is expected`,
  help: correct,
});

/** A module argument that nobody gives: Nix says it as an attribute that is missing. */
function moduleArgument({ frames }: NixError): NixProblem | undefined {
  for (const { text } of frames.slice(0, 4)) {
    const [, name, file] = /^while evaluating the module argument [`‘'](.+?)['’] in "(.+?)"/.exec(text) ?? [];
    if (name === undefined) continue;
    return {
      code: 'nix-argument',
      message: `the module takes the argument '${name}', which nobody gives it`,
      help: `give it with specialArgs: { ${name}: … }, or take it out of the arguments`,
      files: [file!],
      names: [name],
    };
  }
  return undefined;
}

function missingAttribute(name: string, { proposals, at }: NixError, spot: Spot | undefined): NixProblem {
  const select = spot?.steps
    .map((step) => step.node)
    .findLast((node) => node.kind === 'select' && indexOf(node, name, spot) >= 0) as Select | undefined;
  const [root, ...path] = select && spot ? fromInputs(wayTo(select, name, spot), spot) : [];
  const near = meaning(name, proposals);
  const choice = (of: 'pkgs' | 'inputs') => (near ? {} : { choice: { of, path, name } });
  if (root === 'pkgs') {
    const message = `there is no package ${showPath(['pkgs', ...path, name])}`;
    return { code: 'nix-attribute', message, help: near ?? search, names: [name], ...choice('pkgs') };
  }
  if (root === 'inputs') {
    const [input, ...inner] = path;
    const what = showPath([...inner, name]);
    if (input === 'self') {
      const help = near ?? `add it: flake.output('${inner[0] ?? name}', …)`;
      return { code: 'nix-attribute', message: `the flake has no output ${what}`, help, names: [name] };
    }
    return {
      code: 'nix-input',
      message: input === undefined ? `the flake has no input '${name}'` : `the input '${input}' has no ${what}`,
      help:
        near ??
        (input === undefined
          ? `declare it: flake.input('${name}', { url: '…' })`
          : 'look up what it offers: nix flake show'),
      names: [name],
      ...(input !== undefined && { input }),
      ...choice('inputs'),
    };
  }
  const of = root === undefined ? select && shortCode(select.of) : showPath([root, ...path]);
  return {
    code: 'nix-attribute',
    message: of ? `${of} has no '${name}'` : `there is no attribute '${name}'`,
    help:
      near ??
      (spot
        ? 'correct the name'
        : 'the code is not yours: look for a newer version of the input, or for what you set that it does not expect'),
    names: [name],
    ...(!spot && at && { notes: [`in ${shortPath(at.file)}, line ${at.line}`] }),
  };
}

/** The names on a way, as modules have them: the flake itself knows its inputs by their names. */
function fromInputs([root, ...path]: readonly string[], { isFlake, inputs }: Spot): string[] {
  if (root === undefined) return [];
  return isFlake && inputs?.includes(root) ? ['inputs', root, ...path] : [root, ...path];
}

type Select = Extract<Expr, { kind: 'select' }>;

/** Where in a selection a name is; an input that there is does not lack its own name. */
function indexOf({ of, path }: Select, name: string, { inputs = [] }: Spot): number {
  const isName = (key: Select['path'][number]) => key.kind === 'name' && key.name === name;
  return isVariable(of, 'inputs') && inputs.includes(name)
    ? path.findIndex((key, i) => i > 0 && isName(key))
    : path.findIndex(isName);
}

/** The names on the way to one in a selection; none where it does not start with a variable. */
function wayTo(select: Select, name: string, spot: Spot): string[] {
  const { of, path } = select;
  if (of.kind !== 'ident') return [];
  return [of.name, ...path.slice(0, indexOf(select, name, spot)).map((key) => (key.kind === 'name' ? key.name : '?'))];
}

function isVariable(node: Expr, name: string): boolean {
  return node.kind === 'ident' && node.name === name;
}

function shortCode(node: Expr): string {
  const text = oneLine(print(node));
  return text.length > 40 ? 'the set' : text;
}

function recursion(frames: NixError['frames']): NixProblem {
  if (frames.some(({ text }) => /you probably reference `config` in `imports`/.test(text))) {
    return {
      code: 'nix-recursion',
      message: 'what a module imports depends on config, which depends on what is imported',
      help: 'import it always, and let mkIf(…) decide what of it counts',
      names: ['config'],
    };
  }
  const [option] = evaluatedOptions(frames);
  return {
    code: 'nix-recursion',
    message: option ? `the value of ${shownOption(option)} depends on itself` : 'a value depends on itself',
    help: 'follow what the definition refers to: somewhere on the way it asks for its own value',
    ...(option && { option, names: [String(option.at(-1))] }),
  };
}

/** The options that were being evaluated, the innermost first. */
export function evaluatedOptions(frames: NixError['frames']): OptionPlace[] {
  const names = frames.flatMap(({ text }) => /^while evaluating the option [`‘'](.+?)['’]:?$/.exec(text)?.[1] ?? []);
  return [...new Set(names)].map(parseOptionName);
}
