import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { CdknixError } from 'cdknix';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Plan } from '../../lib/synth/output';
import { recover, write } from '../../lib/synth/write';
import { Ended, withFault } from '../support/faulty-fs';

const runs = Number(process.env.SEQUENCES ?? 60);
const seed = process.env.SEED ? { seed: Number(process.env.SEED) } : {};

let folder: string;
let out: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cdknix-sequences-'));
  out = join(folder, 'nix');
});
afterEach(() => rmSync(folder, { recursive: true }));

type Files = Readonly<Record<string, string>>;

/** Some are folders of others, and some differ in case only. */
const paths = ['flake.nix', 'hosts/a', 'hosts/a/default.nix', 'hosts/b', 'Hosts/b', 'x/y/z', 'x/y'] as const;

/** A plan has no file where it has a folder. */
const plans = fc
  .dictionary(fc.constantFrom(...paths), fc.constantFrom('1', '2'), { noNullPrototype: true })
  .map((files) =>
    Object.fromEntries(
      Object.entries(files).filter(([path]) => !Object.keys(files).some((other) => other.startsWith(`${path}/`))),
    ),
  );

type Action =
  | { readonly does: 'synth' | 'recover'; readonly plan: Files }
  | { readonly does: 'stop' | 'fail'; readonly plan: Files; readonly at: number }
  | { readonly does: 'say' | 'remove'; readonly path: string };

const actions: fc.Arbitrary<Action> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ does: fc.constant('synth'), plan: plans }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('recover'), plan: fc.constant({}) }) },
  {
    weight: 3,
    arbitrary: fc.record({ does: fc.constantFrom('stop', 'fail'), plan: plans, at: fc.nat({ max: 160 }) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      does: fc.constantFrom('say', 'remove'),
      path: fc.constantFrom(...paths, 'flake.lock', 'hosts/a/notes', 'x/y/z/notes'),
    }),
  },
) as fc.Arbitrary<Action>;

function planOf(files: Files): Plan {
  return {
    files: new Map(Object.entries(files).sort()),
    state: { file: join(folder, 'cdk-like.state.json'), text: '{}\n' },
    warnings: [],
    summary: { hosts: [], homes: [] },
  };
}

/** The files of the output but for the manifest and what a stopped synth has left. */
function tree(): Record<string, string> {
  if (!existsSync(out)) return {};
  const files = readdirSync(out, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const shown = files.map(({ parentPath, name }) => join(parentPath, name).slice(out.length + 1));
  return Object.fromEntries(
    shown
      .filter((path) => path !== '.cdknix.json' && !path.startsWith('.cdknix/'))
      .sort()
      .map((path) => [path, readFileSync(join(out, path), 'utf8')]),
  );
}

function isFile(path: string): boolean {
  try {
    return lstatSync(path).isFile();
  } catch {
    return false;
  }
}

/** Does something as the user; nothing where that is impossible. */
function asUser(action: Action, mine: Map<string, string>, text: string): void {
  if (action.does !== 'say' && action.does !== 'remove') return;
  const path = join(out, action.path);
  if (action.does === 'say') {
    try {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
      mine.set(action.path, text);
    } catch {
      // There is a folder, or a file where a folder has to be.
    }
  } else if (isFile(path)) {
    rmSync(path);
    mine.delete(action.path);
  }
}

it(`nothing of the user is lost, and a synth writes all or nothing, whatever happened before (${runs} sequences)`, {
  timeout: 600_000,
}, () => {
  let [written, refused, stopped] = [0, 0, 0];
  const sequences = fc.array(actions, { minLength: 4, maxLength: 14 });
  fc.assert(
    fc.property(sequences, (sequence) => {
      rmSync(folder, { recursive: true });
      // What is remembered of the output is with the project.
      mkdirSync(join(folder, 'node_modules'), { recursive: true });
      /** What the user has written: path → text. No synth ever writes such a text. */
      const mine = new Map<string, string>();
      const expectMine = () => expect(tree()).toMatchObject(Object.fromEntries(mine));
      const synth = (plan: Files): boolean => {
        recover(out);
        const before = tree();
        try {
          write(planOf(plan), out);
        } catch (error) {
          expect(error).toBeInstanceOf(CdknixError);
          expect(tree()).toEqual(before);
          return false;
        }
        expect(tree()).toEqual({ ...plan, ...Object.fromEntries(mine) });
        expect(existsSync(join(out, '.cdknix'))).toBe(false);
        return true;
      };
      for (const [i, action] of sequence.entries()) {
        asUser(action, mine, `the user's, ${i}`);
        if (action.does === 'recover') recover(out);
        if (action.does === 'synth') synth(action.plan) ? written++ : refused++;
        if (action.does === 'stop' || action.does === 'fail') {
          withFault(action.at, action.does === 'stop' ? 'end' : 'once', 'EIO', () => {
            try {
              write(planOf(action.plan), out);
            } catch (error) {
              expect(error instanceof Ended || error instanceof CdknixError).toBe(true);
              stopped++;
            }
          });
        }
        expectMine();
      }
      for (const path of mine.keys()) rmSync(join(out, path));
      mine.clear();
      expect(synth({ 'flake.nix': '1' })).toBe(true);
      expect(readdirSync(folder).sort()).toEqual(['cdk-like.state.json', 'nix', 'node_modules']);
    }),
    { numRuns: runs, ...seed },
  );
  // Else this has shown nothing.
  for (const count of [written, refused, stopped]) expect(count).toBeGreaterThan(runs / 10);
});
