import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { failure } from '../../diagnostics';
import { packageInfo } from '../package-info';
import { shellQuoted } from '../terminal/shell';
import { near, printJson, say } from '../terminal/terminal';
import { usageError } from '../terminal/usage-error';
import { type GivenAnswers, givenAnswers, type Kind } from './answers';
import { app } from './templates/app';
import { library } from './templates/library';
import type { Files, Template } from './templates/template';

/** What `cdknix init` takes. */
export interface InitOptions extends GivenAnswers {
  readonly yes?: boolean;
  readonly json?: boolean;
}

const templates: Record<Kind, Template> = { app, library };

/** What a folder may hold before: kept as it is. */
const harmless =
  /^(\.git(ignore|attributes|hub|lab-ci\.yml)?|\.jj|\.editorconfig|\.vscode|\.idea|\.DS_Store)$|^(readme|licen[cs]e|copying)(\.|$)/i;

/**
 * Makes a project in an empty folder. Installs nothing and starts no repository.
 *
 * @param folder where; made if it is not there
 * @throws UsageError if an option is wrong or there are files in the way
 * @throws Interrupted if the user leaves the questions
 */
export async function init(folder = '.', options: InitOptions): Promise<void> {
  const target = resolve(folder);
  checkFolder(target);
  const given = givenAnswers(options);
  const asks = process.stdin.isTTY && process.stderr.isTTY && !options.yes && !options.json;
  const answers = asks ? await (await import('./prompts.js')).ask(given) : given;
  const files = templates[answers.kind]({ ...answers, name: npmName(target) }, packageInfo());
  const kept = write(target, files);
  const made = Object.keys(files).filter((path) => !kept.includes(path));
  say([`made ${made.length} files in ${near(target)}`, ...made.map((path) => `  + ${path}`)].join('\n'));
  if (kept.length) say(`  kept as it was: ${kept.join(', ')}`);
  const steps = {
    app: [
      'npm install',
      'npx cdknix synth',
      'npx cdknix import    # the options of your own channel (without Nix: npx cdknix import --channel)',
    ],
    library: ['npm install', 'npm test'],
  }[answers.kind];
  const enter = target === process.cwd() ? [] : [`cd ${shellQuoted(near(target))}`];
  say(['', 'next:', ...[...enter, ...steps].map((step) => `  ${step}`)].join('\n'));
  if (options.json) printJson({ folder: target, made, kept });
}

function checkFolder(target: string): void {
  if (!existsSync(target)) return;
  if (!statSync(target).isDirectory()) {
    throw usageError({
      code: 'init-folder',
      message: `${near(target)} is not a folder`,
      help: 'name a new or empty folder',
    });
  }
  const others = readdirSync(target).filter((name) => !harmless.test(name));
  if (!others.length) return;
  const shown = others.slice(0, 5).join(', ');
  throw usageError({
    code: 'init-folder',
    message: `${target} is not empty: it has ${shown}${others.length > 5 ? ` and ${others.length - 5} more` : ''}`,
    help: 'make the project in a folder of its own: cdknix init <folder>',
  });
}

/** Writes the files of a project; returns those that were there and are kept. */
function write(target: string, files: Files): string[] {
  const kept: string[] = [];
  for (const [path, text] of Object.entries(files)) {
    const file = join(target, path);
    try {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text, { flag: 'wx' });
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      if (code === 'EEXIST') kept.push(path);
      else {
        throw failure({
          code: 'init-unwritable',
          message: `cannot write ${near(file)}: ${message}`,
          help: 'make the folder writable, or choose another one',
        });
      }
    }
  }
  return kept;
}

/** The folder's name as npm allows it for a package. */
function npmName(target: string): string {
  const name = basename(target)
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, '-')
    .replace(/^[._-]+|[._-]+$/g, '');
  return name || 'machines';
}
