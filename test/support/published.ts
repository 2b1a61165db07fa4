import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe } from 'vitest';
import type { ModuleClass } from '../../lib/options/config';

const folder = process.env.PUBLISHED_OPTIONS ?? join(__dirname, '../../../shared/data/options');
const there = existsSync(folder);

/** The published options of each module system, as files. */
const files: Readonly<Record<ModuleClass, string>> = {
  nixos: 'nixos-25.05pre',
  home: 'home-manager-26.05',
  darwin: 'nix-darwin-26.05',
};

export const published = Object.keys(files) as ModuleClass[];

/** A suite that needs the published `options.json` of the module systems; says loudly that it is skipped without them. */
export function describePublished(name: string, suite: () => void): void {
  if (!there) console.warn(`SKIPPED: ${name}: ${folder} is missing; PUBLISHED_OPTIONS says where it is`);
  describe.skipIf(!there)(there ? name : `${name} [skipped: the published options are missing]`, suite);
}

/** The text of the `options.json` of a module system. */
export function publishedJson(of: ModuleClass): string {
  return read(`${files[of]}.json.gz`);
}

/** The text of the options that the `options.json` of a module system leaves out: of each its type, and what renamed it. */
export function hiddenJson(of: ModuleClass): string {
  return read(`${files[of]}.hidden.json.gz`);
}

/** The sentences of all options, hidden ones among them. */
export function publishedSentences(): string[] {
  const sentences = published.flatMap((of) => [...sentencesIn(publishedJson(of)), ...sentencesIn(hiddenJson(of))]);
  return [...new Set(sentences)];
}

function sentencesIn(json: string): string[] {
  const options = Object.values(JSON.parse(json) as Record<string, { readonly type: string | null }>);
  return options.flatMap(({ type }) => type ?? []);
}

function read(file: string): string {
  return gunzipSync(readFileSync(join(folder, file))).toString('utf8');
}
