import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Flake } from 'cdknix';

const folder = join(__dirname, '../../examples');

/** The examples that make a flake. */
export const examples = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== 'library')
  .map((entry) => entry.name);

/** The flake of an example. */
export async function loadExample(example: string): Promise<Flake> {
  const { flake } = (await import(join(folder, example, 'main.ts'))) as { flake: Flake };
  return flake;
}
