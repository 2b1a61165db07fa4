import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cdknix, ended, folderWith, oneHost, projectWith, repo, start, until } from './support';

const page = readFileSync(join(repo, 'docs/json.md'), 'utf8');

/** The members that the page has under a heading. */
function membersOf(heading: string): string[] {
  const section = page.split(/^## /m).find((one) => one.startsWith(`${heading}\n`))!;
  return [...section.matchAll(/^\| `(\w+)` \|/gm)].map(([, name]) => name!);
}

/** Every command that has `--json`, with the arguments that it needs. */
const commands: Readonly<Record<string, readonly string[]>> = {
  synth: [],
  diff: [],
  list: [],
  check: [],
  explain: ['elitebook'],
  import: [],
  fix: [],
  docs: [],
};

interface Failure {
  readonly error: string;
  readonly exitCode: number;
  readonly diagnostics: readonly { readonly code: string; readonly severity: string }[];
}

/** The one document of a command that fails. */
function failureIn({ code, stdout }: { readonly code: number | null; readonly stdout: string }): Failure {
  const document = JSON.parse(stdout) as Failure;
  expect(Object.keys(document)).toEqual(membersOf('When a command fails'));
  expect(document.exitCode).toBe(code);
  expect(document.error).toEqual(expect.any(String));
  for (const one of document.diagnostics) {
    expect(membersOf('Diagnostic')).toEqual(expect.arrayContaining(Object.keys(one)));
  }
  return document;
}

const codes = ({ diagnostics }: Failure) => diagnostics.map((one) => one.code);

/** A folder with the programs that an app needs, and no nix. */
function withoutNix(): NodeJS.ProcessEnv {
  const programs = folderWith();
  symlinkSync(process.execPath, join(programs, 'node'));
  return { PATH: programs };
}

describe.each(Object.entries(commands))('cdknix %s --json', (command, words) => {
  const run = (folder: string, ...more: readonly string[]) => cdknix(folder, command, ...words, '--json', ...more);

  it('tells of wrong options', async () => {
    const failure = failureIn(await run(projectWith(oneHost), '--no-such-option'));
    expect(failure).toMatchObject({ error: "unknown option '--no-such-option'", exitCode: 2 });
    expect(codes(failure)).toEqual(['usage']);
  });

  it('tells that there is no project', async () => {
    expect(codes(failureIn(await run(folderWith())))).toEqual(['config-missing']);
  });

  it('tells of an app that fails, of one with errors, and of one that does not end', async () => {
    const thrown = failureIn(await run(projectWith("throw new Error('no');")));
    expect(thrown.diagnostics).toMatchObject([{ severity: 'error' }]);
    const wrong = failureIn(
      await run(projectWith(`${oneHost}new cdknix.Host(flake, 'a b', { system: 'x86_64-linux' });`)),
    );
    expect(codes(wrong)).toEqual(['host-name']);
    const endless = failureIn(await run(projectWith('setInterval(() => {}, 1000);'), '--timeout', '0.5'));
    expect(codes(endless)).toEqual(['app-timeout']);
  });

  it('tells that it was stopped', async () => {
    const folder = projectWith("require('node:fs').writeFileSync('began', ''); setInterval(() => {}, 1000);");
    const child = start(folder, [command, ...words, '--json']);
    const end = ended(child, folder);
    await until(() => existsSync(join(folder, 'began')));
    child.kill('SIGTERM');
    expect(codes(failureIn(await end))).toEqual(['interrupted']);
  });
});

describe('a document of a command that succeeds', () => {
  const keys = (text: string) => {
    const document = JSON.parse(text);
    return Object.keys(Array.isArray(document) ? document[0] : document).sort();
  };

  it.each(['diff', 'list', 'fix', 'synth'])('has the members that the page says: %s', async (command) => {
    const { code, stdout } = await cdknix(projectWith(oneHost), command, '--json');
    expect(code).toBe(0);
    expect(keys(stdout)).toEqual(membersOf(`cdknix ${command}`).sort());
  });

  it('has the members that the page says: explain', async () => {
    const { stdout } = await cdknix(projectWith(oneHost), 'explain', 'elitebook', 'services.openssh', '--json');
    expect(keys(stdout)).toEqual(membersOf('cdknix explain').sort());
  });

  it('has the members that the page says: init', async () => {
    const folder = folderWith();
    const { stdout } = await cdknix(folder, 'init', '--json');
    expect(keys(stdout)).toEqual(membersOf('cdknix init').sort());
    expect(codes(failureIn(await cdknix(folder, 'init', '--json')))).toEqual(['init-folder']);
  });

  it('has diagnostics with the members that the page says', async () => {
    const app = `${oneHost}cdknix.addWarning(host, { code: 'mine', message: 'it is old', help: 'buy a new one' });`;
    const { stdout } = await cdknix(projectWith(app), 'synth', '--json');
    const [warning] = JSON.parse(stdout).warnings;
    expect(Object.keys(warning)).toEqual(membersOf('Diagnostic').filter((name) => name !== 'related'));
    expect(membersOf('Position')).toEqual(expect.arrayContaining(Object.keys(warning.position)));
  });
});

describe('without nix', () => {
  const run = async (...words: readonly string[]) => {
    const folder = projectWith(oneHost);
    return ended(start(folder, words, withoutNix()), folder);
  };

  it('check tells what it has checked all the same', async () => {
    const { code, stdout } = await run('check', '--json');
    expect([code, Object.keys(JSON.parse(stdout))]).toEqual([1, membersOf('cdknix check')]);
    expect(JSON.parse(stdout)).toMatchObject({
      targets: [{ name: 'elitebook', result: 'skipped' }],
      diagnostics: [{ code: 'nix-missing' }],
    });
  });

  it.each([[['import']], [['explain', 'elitebook', 'services.openssh.enable', '--eval']]])(
    '%j fails',
    async (words) => {
      expect(codes(failureIn(await run(...words, '--json')))).toEqual(['nix-missing']);
    },
  );
});

it('is asked for where there is no such option, too', async () => {
  expect(codes(failureIn(await cdknix(projectWith(oneHost), 'watch', '--json')))).toEqual(['usage']);
  expect(codes(failureIn(await cdknix(folderWith(), 'snyth', '--json')))).toEqual(['usage']);
});

it('is the name of a file for import, which is no wish for a document', async () => {
  const { code, stdout } = await cdknix(projectWith(oneHost), 'import', '--json', 'none.json', '--as', 'home');
  expect([code, stdout]).toEqual([2, '']);
});
