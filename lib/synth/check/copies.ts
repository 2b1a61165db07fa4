import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { basename } from 'node:path';
import { positionAt, redacted } from '../../diagnostics';
import { expr, exprOf } from '../../nix';
import type { ModuleClass } from '../../options/config';
import { secretsIn } from '../../options/secret-patterns';
import type { OptionTree } from '../../options/type';
import type { Assets } from '../assets';
import { moduleBody } from '../module-body';
import { isPlainSecret, mayNameSecret, secretName } from './secret-names';
import { mayBeSecret, secretForOption } from './secret-option';
import type { SecretProblem } from './secret-problem';
import { eachText } from './value-texts';

type Found = Pick<SecretProblem, 'isCertain' | 'message'> & { readonly at: number };

const remedy = 'leave it out of what is copied, and let sops-nix or agenix bring it to the machine';

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
  const tokens = secretsIn(text).map(({ what, isCertain, at }) => ({
    isCertain,
    at,
    message: `${basename(source)}, which is copied to the output, holds ${what} in plain text`,
  }));
  const by = assets.referrerOf(source);
  return [...tokens, ...named(source, text, assets, optionsOf)].map(({ at, ...found }) => ({
    ...found,
    remedy,
    ...(by?.path !== undefined && { path: by.path }),
    position: redacted({ ...positionAt(source, text, at), isSource: true }),
    ...(by?.position && { related: [{ message: 'it is copied because of this:', position: by.position }] }),
  }));
}

/** Secrets that are told by the names that they are given to. */
function named(source: string, text: string, assets: Assets, optionsOf: (of: ModuleClass) => OptionTree): Found[] {
  if (/^\.env(?!.*(?:example|sample|template|dist))/.test(basename(source))) {
    return [...text.matchAll(/^(?:export )?(\w+)=["']?([^"'\s]*)/gm)]
      .filter(({ 1: name, 2: value }) => secretName(name!) && isPlainSecret(value!, false))
      .map(({ 0: line, 1: name, 2: value, index }) => ({
        isCertain: false,
        at: index + line.lastIndexOf(value!),
        message: `${name} in ${basename(source)} looks like a secret in plain text`,
      }));
  }
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
      const at = exprOf(spelled)?.pos?.start;
      if (problem && at !== undefined) found.push({ isCertain: problem.isCertain, message: problem.message, at });
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
      const start = bytesOf(file, 8000);
      return start.includes(0) ? undefined : bytesOf(file, longest).toString('utf8');
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
