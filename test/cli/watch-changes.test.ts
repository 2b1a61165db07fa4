import { mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Changes, changesOfFiles } from '../../lib/cli/watch/changes';

let folder: string;
let file: string;
let changes: Changes;
let givenUp: string[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cdknix-changes-'));
  file = join(folder, 'file');
  writeFileSync(file, 'A');
  givenUp = [];
  changes = changesOfFiles((path) => givenUp.push(path));
});
afterEach(() => {
  vi.useRealTimers();
  rmSync(folder, { recursive: true });
});

const say = (text: string) => writeFileSync(file, text);

/** What is asked when a file changes after a run. */
function afterRun(change: () => void): boolean {
  changes.begin();
  vi.setSystemTime(Date.now() - 1000);
  changes.end();
  vi.useRealTimers();
  change();
  return changes.touch(file, false);
}

/** What is asked when a file changes in a run. */
function inRun(change: () => void): boolean {
  changes.begin();
  change();
  const asks = changes.touch(file, false);
  changes.end();
  return asks;
}

describe('a change asks for another run', () => {
  it('when the content is another one', () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    expect([afterRun(() => say('B')), afterRun(() => say('C')), afterRun(() => rmSync(file))]).toEqual([
      true,
      true,
      true,
    ]);
  });

  it('when it happened in a run, although the content is what it was: the app may have read another one', () => {
    expect(inRun(() => say('A'))).toBe(true);
    vi.useFakeTimers({ toFake: ['Date'] });
    expect(afterRun(() => say('B'))).toBe(true);
    expect(inRun(() => say('B'))).toBe(true);
  });

  it('but not if the app writes the same content at each run', () => {
    expect([inRun(() => say('A')), inRun(() => say('A')), inRun(() => say('A'))]).toEqual([true, false, false]);
  });

  it('but not for ever if the app writes another content at each run', () => {
    let runs = 0;
    while (inRun(() => say(String(runs)))) runs++;
    expect([runs, givenUp]).toEqual([5, [file]]);
    expect(inRun(() => say('again'))).toBe(false);
    expect(givenUp).toEqual([file]);
  });

  it('again when what was taken for the work of the app changes without it', () => {
    let runs = 0;
    while (inRun(() => say(String(runs)))) runs++;
    vi.useFakeTimers({ toFake: ['Date'] });
    expect(afterRun(() => say('by the user'))).toBe(true);
    expect(inRun(() => say('by the app'))).toBe(true);
  });

  it('but not if we have written it ourselves', () => {
    changes.note([file]);
    expect(inRun(() => say('A'))).toBe(false);
    expect(inRun(() => say('B'))).toBe(true);
  });

  it('but not if it came and went', () => {
    changes.begin();
    expect(changes.touch(join(folder, 'gone'), true)).toBe(false);
    expect(changes.touch(join(folder, 'gone'), false)).toBe(false);
    expect(changes.touch(join(folder, 'was-there'), false)).toBe(true);
  });

  it('when a link leads elsewhere, and when a large file has another time', () => {
    rmSync(file);
    symlinkSync('one', file);
    changes.note([file]);
    rmSync(file);
    symlinkSync('two', file);
    expect(inRun(() => {})).toBe(true);
    rmSync(file);
    writeFileSync(file, Buffer.alloc(2 ** 24 + 1));
    changes.note([file]);
    expect(inRun(() => utimesSync(file, 1, 1))).toBe(true);
  });
});
