import { join } from 'node:path';
import type { MachineModel, UnreadMachine } from '../../../convert/flake/model';
import type { Conversion, Project } from '../../../convert/flake/project';
import type { MachineKind } from '../../../convert/flake/value';
import type { NixSyntaxError } from '../../../nix';
import { near } from '../../terminal/terminal';
import type { Verdict } from './prove';

/** What came of a flake, for a program. */
export interface Report {
  readonly flake: string;
  readonly out: string;
  readonly definitions: number;
  readonly typed: number;
  readonly raw: number;
  /** How many definitions are in files that stay as they are. */
  readonly left: number;
  /** Why pieces are raw, with how many of each. */
  readonly reasons: Readonly<Record<string, number>>;
  readonly files: readonly FileReport[];
  readonly machines: readonly MachineReport[];
  /** Machines and outputs that could not be read, and are not in the result. */
  readonly unread: readonly UnreadMachine[];
  /** Files of the result that somebody has edited, and that stay as they are. */
  readonly edited: readonly string[];
  readonly syntaxErrors: readonly { readonly file: string; readonly line: number; readonly message: string }[];
}

interface FileReport {
  readonly file: string;
  readonly to?: string;
  readonly because?: string;
  readonly definitions: number;
  readonly raw: number;
}

interface MachineReport {
  readonly name: string;
  readonly kind: MachineKind;
  readonly is: Verdict['is'];
  readonly because?: string;
}

interface Surroundings {
  readonly flake: string;
  readonly out: string;
  readonly edited: readonly string[];
  readonly unparsed: ReadonlyMap<string, NixSyntaxError>;
}

export function reportOf(
  { model, graph, drafts }: Conversion,
  { main, converted, kept }: Project,
  verdicts: ReadonlyMap<MachineModel, Verdict>,
  { flake, out, edited, unparsed }: Surroundings,
): Report {
  const files = [...graph.nodes.keys()].map((file): FileReport => {
    const { definitions = 0, raw = 0 } = drafts.get(file)?.converted ?? {};
    const to = converted.get(file);
    return { file, ...(to === undefined ? { because: kept.get(file)! } : { to }), definitions, raw };
  });
  const done = files.filter(({ to }) => to !== undefined);
  const sum = (all: readonly FileReport[], of: 'definitions' | 'raw') => all.reduce((total, one) => total + one[of], 0);
  const reasons: Record<string, number> = {};
  for (const why of [...main.raws, ...done.flatMap(({ file }) => drafts.get(file)!.converted.raws)])
    reasons[why] = (reasons[why] ?? 0) + 1;
  const definitions = sum(done, 'definitions') + main.counts.definitions;
  const raw = sum(done, 'raw') + main.counts.raw;
  return {
    flake,
    out,
    definitions,
    typed: definitions - raw,
    raw,
    left: sum(files, 'definitions') - sum(done, 'definitions'),
    reasons,
    files,
    machines: [...verdicts].map(([{ name, kind }, verdict]) => ({ name, kind, ...verdict })),
    unread: model.unread,
    edited,
    syntaxErrors: [...unparsed].map(([file, { line, reason }]) => ({ file, line, message: reason })),
  };
}

const count = (number: number, what: string) => `${number} ${what}${number === 1 ? '' : 's'}`;

/** The same in words: a line for each file, then what there is to know. */
export function wordsOf(report: Report): string {
  const { flake, out, definitions, typed, raw, left, reasons, files, machines, unread, edited, syntaxErrors } = report;
  const lines = files.map(({ file, to, because }) =>
    to === undefined ? `  ${file} stays Nix: ${because}` : `  ${file} -> ${near(join(out, to))}`,
  );
  lines.push(...syntaxErrors.map(({ file, line, message }) => `  ${near(join(flake, file))}:${line}: ${message}`));
  lines.push(...edited.map((file) => `  ${near(join(out, file))} has been edited, and stays as it is`));
  for (const { output, name, because } of unread)
    lines.push(`  ${name === undefined ? output : `${output}.${name}`} is not carried over: ${because}`);
  for (const { name, is, because } of machines) {
    if (is === 'other') lines.push(`  ${name} is not the same: ${because}`);
    if (is === 'unknown') lines.push(`  ${name} has no derivation to compare: ${because?.split('\n')[0]}`);
  }
  const why = Object.entries(reasons).sort(([, a], [, b]) => b - a);
  const kinds = why.length ? ` (${why.map(([reason, times]) => `${times} ${reason}`).join(', ')})` : '';
  const whole = files.filter(({ to }) => to === undefined).length;
  const same = machines.filter(({ is }) => is === 'same').map(({ name }) => name);
  const parts = [`${count(definitions, 'definition')}: ${typed} typed, ${raw} raw${kinds}`];
  if (whole)
    parts.push(
      `${count(whole, 'file')} as ${whole === 1 ? 'it is' : 'they are'}${left ? `, with ${count(left, 'definition')}` : ''}`,
    );
  parts.push(same.length ? `${same.join(', ')}: the same derivation` : 'no derivations to compare: proven by trees');
  return [...lines, parts.join('; ')].join('\n');
}
