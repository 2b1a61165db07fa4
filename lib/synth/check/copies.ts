import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { basename } from 'node:path';
import { decodedText, positionAt, redactedPosition } from '../../diagnostics';
import { expr, exprOf } from '../../nix';
import type { ModuleClass } from '../../options/config';
import type { OptionTree } from '../../options/type';
import { mayNameSecret, secretsIn } from '../../redaction';
import type { Assets } from '../assets';
import { moduleBody } from '../module-body';
import { credentialsIn, isExampleFile } from './credential-files';
import { mayBeSecret, secretForOption } from './secret-option';
import type { SecretProblem } from './secret-problem';
import { eachText } from './value-texts';

type Found = Pick<SecretProblem, 'isCertain' | 'message'> & { readonly at: number; readonly end: number };

const remedy = 'leave it out of what is copied, and let sops-nix or agenix bring it to the machine';

/** More than these of one file nobody reads. */
const most = 200;

/** How much of a file is searched, in bytes. */
const longest = 4 * 1024 * 1024;

/** Secrets in a file of which the output is to hold a copy. */
export function secretsInCopy(
  source: string,
  assets: Assets,
  optionsOf: (of: ModuleClass) => OptionTree,
): SecretProblem[] {
  const text = textOf(source);
  if (text === undefined) return [];
  const by = assets.referrerOf(source);
  return found(source, text, assets, optionsOf).map(({ at, isCertain, message }) => ({
    isCertain,
    message,
    remedy,
    ...(by?.path !== undefined && { path: by.path }),
    position: redactedPosition({ ...positionAt(source, text, at), isSource: true }),
    ...(by?.position && { related: [{ message: 'it is copied because of this:', position: by.position }] }),
  }));
}

/** The secrets in a file, each once: by its form, by the kind of the file, by the options that it is given to. */
function found(
  source: string,
  text: string,
  assets: Assets,
  optionsOf: (of: ModuleClass) => OptionTree,
): readonly Found[] {
  const name = basename(source);
  const byForm = secretsIn(text).map(({ what, isCertain, at, end }) => ({
    isCertain,
    at,
    end,
    message: `${name}, which is copied to the output, holds ${what} in plain text`,
  }));
  const credentials = credentialsIn(source, text).map(({ what, start, end }) => ({
    isCertain: false,
    at: start,
    end,
    message: `${what} in ${name} looks like a secret in plain text`,
  }));
  const all = [
    ...byForm.filter((one) => one.isCertain),
    ...credentials,
    ...byForm.filter((one) => !one.isCertain),
    ...named(source, text, assets, optionsOf),
  ];
  const known = (isExampleFile(source) ? all.filter((one) => one.isCertain) : all).slice(0, most);
  // What is told in several ways is said in the first.
  return known.filter((one, i) => known.findIndex((other) => one.at < other.end && other.at < one.end) === i);
}

/** Secrets in Nix that are told by the names that they are given to. */
function named(source: string, text: string, assets: Assets, optionsOf: (of: ModuleClass) => OptionTree): Found[] {
  const tree = mayNameSecret.test(text) ? assets.treeOf(source) : undefined;
  const found: Found[] = [];
  if (!tree) return found;
  eachText(
    expr(moduleBody(tree)),
    () => undefined,
    (value, { option, value: spelled }) => {
      if (!mayBeSecret(option)) return;
      const path = option[0] === 'config' ? option.slice(1) : [...option];
      // Which module system it is for is not known.
      const problems = classes.flatMap((of) => secretForOption(value, path, optionsOf(of), optionsOf) ?? []);
      const problem = problems.find((one) => one.isCertain) ?? problems[0];
      const { start, end } = exprOf(spelled)?.pos ?? {};
      if (!problem || start === undefined || end === undefined) return;
      found.push({ isCertain: problem.isCertain, message: problem.message, at: start, end });
    },
  );
  return found;
}

const classes = ['nixos', 'darwin', 'home'] as const;

/** The text of a file, as far as it is searched; nothing for one that is no text. */
function textOf(source: string): string | undefined {
  try {
    const file = openSync(source, 'r');
    try {
      // Most that is no text, such as pictures, is large.
      return decodedText(bytesOf(file, 8000)) === undefined ? undefined : decodedText(bytesOf(file, longest));
    } finally {
      closeSync(file);
    }
  } catch {
    // Whoever copies it will say why it cannot be read.
    return undefined;
  }
}

function bytesOf(file: number, most: number): Buffer {
  const buffer = Buffer.alloc(Math.min(fstatSync(file).size, most));
  return buffer.subarray(0, readSync(file, buffer, 0, buffer.length, 0));
}
