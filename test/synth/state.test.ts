import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CdknixError } from 'cdknix';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readState, stateText } from '../../lib/synth/state-file';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cdknix-state-'));
  file = join(folder, 'cdk-like.state.json');
});
afterEach(() => rmSync(folder, { recursive: true }));

function read(text: string) {
  writeFileSync(file, text);
  return readState(file);
}

/** What is wrong with a state, as it is shown. */
function problems(text?: string): string {
  try {
    if (text === undefined) readState(file);
    else read(text);
  } catch (error) {
    if (error instanceof CdknixError) return error.stack!.replaceAll(folder, 'TMP');
    throw error;
  }
  throw new Error('it is understood');
}

const pins = (entries: Readonly<Record<string, string | number>>) => new Map(Object.entries(entries));

describe('a state', () => {
  it('is empty without a file, and begins as sorted JSON', () => {
    const state = readState(file);
    expect(state).toEqual({ text: null, pins: new Map() });
    expect(stateText(state, pins({ b: '24.05', a: 6 }))).toBe(
      '{\n  "stateVersion": {\n    "a": 6,\n    "b": "24.05"\n  }\n}\n',
    );
  });

  it('is read as it was written', () => {
    const text = stateText(readState(file), pins({ 'marcus@elitebook': '24.05', '~marcus': '25.11', mac: 6 }));
    expect(read(text).pins).toEqual(pins({ 'marcus@elitebook': '24.05', '~marcus': '25.11', mac: 6 }));
  });

  it.each([
    ['a byte order mark', '\uFEFF{ "stateVersion": { "a": "24.05" } }'],
    ['the ends of lines of Windows', '{\r\n  "stateVersion": {\r\n    "a": "24.05"\r\n  }\r\n}\r\n'],
    ['another order', '{ "stateVersion": { "b": "24.05", "a": "24.05" } }'],
    ['another indentation', '{\n\t"stateVersion": {\n\t\t"a": "24.05"\n\t}\n}'],
    ['names of its own', '{ "$schema": "x", "stateVersion": { "a": "24.05" }, "notes": [1, 1e2, { "b": null }] }'],
    ['no pins', '{ "stateVersion": {} }'],
  ])('stays as it is to the byte if nothing is new: with %s', (_, text) => {
    const state = read(text);
    expect(stateText(state, state.pins)).toBe(text);
  });

  it('keeps all else when something is new', () => {
    const text = '\uFEFF{\r\n    "notes": [1,   1e2],\r\n    "stateVersion": { "b": "24.05" },\r\n    "x": {}\r\n}\r\n';
    const state = read(text);
    expect(stateText(state, pins({ b: '24.05', a: '25.11' }))).toBe(
      '\uFEFF{\r\n    "notes": [1,   1e2],\r\n    "stateVersion": {\r\n        "a": "25.11",\r\n        "b": "24.05"\r\n    },\r\n    "x": {}\r\n}\r\n',
    );
  });

  it('keeps every name and value, whatever else there is', () => {
    const name = fc.oneof(fc.string(), fc.constantFrom('__proto__', 'constructor', '1', 'é', 'marcus@elitebook'));
    const version = fc.oneof(fc.constantFrom('24.05', '25.11'), fc.integer({ min: 1, max: 9 }));
    const names = fc.uniqueArray(fc.tuple(name, version), { selector: ([one]) => one, maxLength: 6 });
    const others = fc.dictionary(
      fc.string().filter((key) => key !== 'stateVersion'),
      fc.jsonValue(),
      { maxKeys: 3 },
    );
    fc.assert(
      fc.property(
        names,
        names,
        others,
        fc.constantFrom(undefined, 1, 4, '\t'),
        fc.boolean(),
        (before, more, rest, indent, isWindows) => {
          const json = JSON.stringify({ ...rest, stateVersion: Object.fromEntries(before) }, null, indent);
          const state = read(isWindows ? json.replaceAll('\n', '\r\n') : json);
          expect(state.pins).toEqual(new Map(before));
          const after = new Map([...before, ...more]);
          const text = stateText(state, after);
          expect(read(text).pins).toEqual(after);
          expect({ ...JSON.parse(text), stateVersion: {} }).toEqual({ ...JSON.parse(json), stateVersion: {} });
        },
      ),
    );
  });
});

describe('a state that is not understood', () => {
  it.each([
    ['nothing', ''],
    ['white space', ' \n'],
    ['half of it', '{\n  "stateVersion": {\n    "a": "24.05"'],
    ['a list', '[]'],
    ['a text', '"24.05"'],
    ['no stateVersion', '{\n  "stateVersions": {}\n}\n'],
    ['one stateVersion for all', '{\n  "stateVersion": "24.05"\n}\n'],
    ['a list of them', '{ "stateVersion": ["24.05"] }'],
    ['a number of them', '{ "stateVersion": 24.05 }'],
    ['null', '{ "stateVersion": null }'],
    [
      'values of other kinds',
      '{\n  "stateVersion": {\n    "a": ["24.05"],\n    "b": null,\n    "c": { "d": "24.05" },\n    "e": true\n  }\n}\n',
    ],
    ['empty versions', '{\n  "stateVersion": {\n    "a": "",\n    "b": " "\n  }\n}\n'],
    ['a release without quotes', '{\n  "stateVersion": {\n    "a": 24.05,\n    "b": 0,\n    "c": -1\n  }\n}\n'],
    ['a name twice', '{\n  "stateVersion": {\n    "a": "24.05",\n    "b": "24.05",\n    "a": "25.11"\n  }\n}\n'],
    ['a name twice, with one version', '{ "stateVersion": { "a": "24.05", "a": "24.05" } }'],
    ['two lists', '{\n  "stateVersion": { "a": "24.05" },\n  "stateVersion": { "b": "24.05" }\n}\n'],
    [
      'a conflict',
      '{\n  "stateVersion": {\n<<<<<<< HEAD\n    "a": "24.05"\n=======\n    "b": "24.05"\n>>>>>>> other\n  }\n}\n',
    ],
    ['a comment', '{\n  // pinned\n  "stateVersion": {}\n}\n'],
    ['a comma too much', '{\n  "stateVersion": {\n    "a": "24.05",\n  }\n}\n'],
  ])('is refused at its line: %s', (_, text) => {
    expect(problems(text)).toMatchSnapshot();
  });

  it('is refused if it is not UTF-8', () => {
    writeFileSync(file, Buffer.from('{ "stateVersion": { "a": "24.05" }, "b": "\xE9" }', 'latin1'));
    expect(problems()).toMatch(/^error\[state-file\]: this is not UTF-8\n {2}at .*:1:43/);
  });

  it.each([
    ['a folder', () => mkdirSync(file), 'it is a folder'],
    ['a link to nothing', () => symlinkSync('nowhere', file), 'it is a link to nothing'],
    ['a link to itself', () => symlinkSync(file, file), 'ELOOP: too many symbolic links encountered'],
  ])('is refused if it cannot be read: %s', (_, make, why) => {
    make();
    expect(problems()).toContain(`error[state-file]: cannot read TMP/cdk-like.state.json: ${why}`);
    expect(problems()).toContain('help: restore it from version control: it holds the stateVersions of your machines');
  });
});
