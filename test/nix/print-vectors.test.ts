import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { parse } from '../../lib/nix/parse/parse';
import { print } from '../../lib/nix/print/print';

const file = process.env.NIXFMT_VECTORS ?? join(__dirname, '../../../shared/data/nixfmt-vectors.jsonl.gz');
const required = process.env.REQUIRE_NIX === '1';

if (existsSync(file)) {
  it('prints every vector as nixfmt does', () => {
    const lines = gunzipSync(readFileSync(file)).toString('utf8').trim().split('\n');
    const vectors = lines.map((line) => JSON.parse(line) as { in: string; out: string });
    expect(vectors.length).toBe(1450);
    const wrong = vectors.filter(({ in: source, out }) => print(parse(source)) !== out);
    expect(wrong).toEqual([]);
  });

  it('leaves what nixfmt wrote as it is', () => {
    const lines = gunzipSync(readFileSync(file)).toString('utf8').trim().split('\n');
    const outputs = lines.map((line) => (JSON.parse(line) as { out: string }).out);
    const changed = outputs.filter((out) => print(parse(out)) !== out);
    expect(changed).toEqual([]);
  });
} else if (required) {
  it('finds the vectors, as REQUIRE_NIX=1 demands', () => {
    throw new Error(`${file} is missing; NIXFMT_VECTORS says where it is`);
  });
} else {
  console.warn(`SKIPPING the comparison with nixfmt: ${file} is missing; NIXFMT_VECTORS says where it is`);
  it.skip('prints every vector as nixfmt does (the vectors are missing; NIXFMT_VECTORS says where they are)', () => {});
}
