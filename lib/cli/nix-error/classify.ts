import { codePatterns } from './code-messages';
import { parseOptionName } from './definitions';
import type { NixError } from './nix-error';
import type { OptionPlace, Spot } from './node-at';
import { optionPatterns } from './option-messages';
import type { MessagePattern, NixProblem } from './problem';
import { linesOf, lowered, oneLine, quotedIn } from './text';

/** What Nix objects to, as well as its words are known. */
export function problemsOf(error: NixError, spot: Spot | undefined): NixProblem[] {
  const [, failed] = /^Failed assertions?:\s*([\s\S]*)$/.exec(error.message) ?? [];
  if (failed !== undefined) return assertionsIn(failed).map(assertionOf);
  return [known(error, spot) ?? thrown(error.message)];
}

/** What a warning of a module system, or of other Nix code, objects to. */
export function problemOfWarning(warning: string): NixProblem {
  const { text, user } = profileOf(warning);
  const kind = known({ message: text, proposals: [], frames: [], text }, undefined, optionPatterns);
  if (kind) return { ...inHome(kind, user), severity: 'warning' };
  const [first, ...notes] = linesOf(text);
  return {
    code: 'nix-warning',
    severity: 'warning',
    message: lowered(first ?? 'nothing is said'),
    help: 'do as it says, or leave it: it is no error yet',
    notes,
    named: optionsIn(text).map((one) => below(one, user)),
    ownText: text,
  };
}

function known(
  error: NixError,
  spot: Spot | undefined,
  among: readonly MessagePattern[] = patterns,
): NixProblem | undefined {
  for (const { pattern, read } of among) {
    const match = pattern.exec(error.message);
    const problem = match && read(match, error, spot);
    if (problem) return problem;
  }
  return undefined;
}

/** What packages are refused for, and what stops Nix itself. */
const otherPatterns: readonly MessagePattern[] = [
  {
    pattern: /^Package [‘'`](.+?)[’'] in .+ has an unfree license/s,
    read([, name], { message }) {
      const asked = /elem \(lib\.getName pkg\) \[\s*"([^"]+)"/.exec(message)?.[1] ?? withoutVersion(name!);
      return {
        code: 'nix-unfree',
        message: `the package ${name} is unfree, and nobody has allowed it`,
        help: `allow it: flake.allowUnfree('${asked}')`,
        names: [asked],
      };
    },
  },
  {
    pattern: /^Package [‘'`](.+?)[’'] in .+ is marked as insecure/s,
    read: ([, name]) => ({
      code: 'nix-insecure',
      message: `the package ${name} has known vulnerabilities`,
      help: `take another one, or allow it: flake.allowInsecure('${withoutVersion(name!)}')`,
      names: [withoutVersion(name!)],
    }),
  },
  {
    pattern:
      /^Package [‘'`](.+?)[’'] in .+ is (marked as broken|not available on the requested hostPlatform|not supported on)/s,
    read: ([, name, why]) => ({
      code: 'nix-unsupported',
      message: `the package ${name} is ${why === 'marked as broken' ? why : 'not there for this platform'}`,
      help: 'take another one',
      names: [withoutVersion(name!)],
    }),
  },
  {
    pattern: /unrecogni[sz]ed flag|unknown flag|not a recogni[sz]ed (?:command|flag)/,
    read: (_, { message }) => ({
      code: 'nix-flags',
      message: lowered(oneLine(message)),
      help: 'this needs Nix 2.4 or newer (nix --version), and flags that it knows',
    }),
  },
  {
    pattern: /^evaluation aborted with the following error message: '(.*)'$/s,
    read: ([, text]) => thrown(text!),
  },
];

const patterns: readonly MessagePattern[] = [...optionPatterns, ...codePatterns, ...otherPatterns];

const withoutVersion = (name: string) => /^(.+?)-\d/.exec(name)?.[1] ?? name;

/** What Nix code says by itself. */
function thrown(text: string): NixProblem {
  const [first, ...notes] = linesOf(text);
  return {
    code: 'nix-throw',
    message: lowered(first ?? 'nothing is said'),
    help: 'Nix code stops with these words; cdknix check --trace shows how it came to that',
    notes,
    names: quotedIn(text),
  };
}

/** The single assertions in the text of several. */
function assertionsIn(text: string): string[] {
  const parts = text.split(/^\s*- /m).filter((one) => one.trim() !== '');
  return parts.length ? parts : [text];
}

function assertionOf(whole: string): NixProblem {
  const { text, user } = profileOf(whole.trim());
  const kind = known({ message: text, proposals: [], frames: [], text }, undefined, optionPatterns);
  if (kind) return inHome(kind, user);
  const [first, ...notes] = linesOf(text);
  const named = optionsIn(text).map((one) => below(one, user));
  return {
    code: 'nix-assertion',
    message: lowered(first ?? 'an assertion does not hold'),
    help: named.length ? 'the options do not fit together: change what is named' : 'the options do not fit together',
    notes,
    named,
    ownText: text,
  };
}

/** Home Manager tells whose home it is when it is part of a system. */
function profileOf(text: string): { readonly text: string; readonly user?: string } {
  const [, user, rest] = /^(\S+) profile: ([\s\S]*)$/.exec(text) ?? [];
  return user === undefined ? { text } : { text: rest!, user };
}

function inHome(problem: NixProblem, user: string | undefined): NixProblem {
  const { option, named } = problem;
  return {
    ...problem,
    ...(option && { option: below(option, user) }),
    ...(named && { named: named.map((one) => below(one, user)) }),
  };
}

const below = (option: OptionPlace, user: string | undefined): OptionPlace =>
  user === undefined ? option : ['home-manager', 'users', user, ...option];

/** The options that a text may name. */
function optionsIn(text: string): OptionPlace[] {
  const dotted = /(?<![\w./-])[a-z][\w-]*(?:\.(?:[\w-]+|"[^"\s]*"|<[^<>\s]*>|\*))+/g;
  const quoted = /[`‘']([a-z][\w-]*)['’`]/g;
  const names = [
    ...[...text.matchAll(dotted)].map(([one]) => one),
    ...[...text.matchAll(quoted)].map(([, one]) => one!),
  ];
  return [...new Set(names)].map((name) => {
    const option = parseOptionName(name);
    // From a placeholder on, any will do.
    const end = option.findIndex((one) => /^<.*>$|^\*$/.test(String(one)));
    return end < 0 ? option : option.slice(0, end);
  });
}
