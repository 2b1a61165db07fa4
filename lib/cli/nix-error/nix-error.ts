/** A place in a Nix file, as Nix tells it. */
export interface NixPlace {
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  /** 1-based, in bytes. */
  readonly column: number;
}

/** What Nix was doing when it found an error. */
export interface NixFrame {
  readonly text: string;
  readonly at?: NixPlace;
}

/** An error of Nix, taken apart. */
export interface NixError {
  /** What is wrong, without where and without proposals. */
  readonly message: string;
  readonly at?: NixPlace;
  /** Names that Nix or the module system proposes. */
  readonly proposals: readonly string[];
  /** The innermost first, whatever the version of Nix. */
  readonly frames: readonly NixFrame[];
  /** All of it, in Nix's words. */
  readonly text: string;
}

/** What Nix says while it evaluates. */
export interface NixOutput {
  /** Warnings of modules and other Nix code; those of Nix itself are not among them. */
  readonly warnings: readonly string[];
  readonly error?: NixError;
}

/** Takes apart what Nix has said, of any version from 2.4 on, with `--show-trace` or without it. */
export function readNixOutput(stderr: string): NixOutput {
  const lines = withoutColours(stderr).split(/\r?\n/);
  const start = lines.findIndex((line) => /^error(:|\s*\((?!ignored))/.test(line));
  const before = start < 0 ? lines : lines.slice(0, start);
  return { warnings: warningsIn(before), ...(start >= 0 && { error: readError(lines.slice(start)) }) };
}

/** Nix prints colours in spite of NO_COLOR, and where nobody sees them. */
export function withoutColours(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they start colours
  return text.replace(/\u001b\[[0-9;]*[A-Za-z]/g, '');
}

const warning = /^(?:trace: )?(evaluation )?warning: (.*)$/;
/** Lines of Nix's own between what it evaluates says. */
const other = /^(trace: |warning: |error|evaluation warning: |these |copying |building |• |fetching |unpacking )/;

function warningsIn(lines: readonly string[]): string[] {
  const warnings: string[] = [];
  let open = false;
  for (const line of lines) {
    const [, evaluation, text] = warning.exec(line) ?? [];
    if (text !== undefined) {
      // Without a mark of the evaluator it is Nix's own, about the lock file or a setting.
      open = evaluation !== undefined || line.startsWith('trace: ');
      if (open) warnings.push(text);
    } else if (other.test(line)) open = false;
    else if (open) warnings[warnings.length - 1] += `\n${line}`;
  }
  return [...new Set(warnings.map((text) => text.trim()))];
}

/** A message or a frame while its lines are read. */
interface Entry {
  readonly isFrame: boolean;
  readonly lines: string[];
  at?: NixPlace;
}

function readError(lines: readonly string[]): NixError {
  const entries = entriesIn(lines);
  const index = entries.findIndex((entry) => !entry.isFrame);
  const frames = entries.filter((entry) => entry.isFrame).map(frameOf);
  const main = entries[index] ?? { isFrame: false, lines: [] };
  const { message, proposals } = withoutProposals(main.lines);
  return {
    message,
    ...(main.at && { at: main.at }),
    proposals,
    // Since 2.15 the way leads from the outside to the error, before that from the error outwards.
    frames: index > 0 ? frames.reverse() : frames,
    text: lines
      .filter((line) => !traceHint.test(line))
      .join('\n')
      .trim(),
  };
}

const traceHint = /^\s*\((?:use '--show-trace'|stack trace truncated|\d+ duplicate frames omitted)/;
const place = /^\s*at (.+?):(\d+)(?::(\d+))?:?(?: \(source not available\))?$/;
const excerpt = /^\s*\d*\s*\|/;
const frame = /^\s*… (.*)$/;

function entriesIn(lines: readonly string[]): Entry[] {
  const entries: Entry[] = [];
  let entry: Entry | undefined;
  let inExcerpt = false;
  const begin = (isFrame: boolean, text: string) => {
    entry = { isFrame, lines: [text] };
    entries.push(entry);
    inExcerpt = false;
  };
  // Where the frames come first, the first line is only a heading, and the message is behind them.
  const frames = lines.findIndex((line) => frame.test(line));
  const last = lines.findIndex((line, i) => i > frames && / {7}error:/.test(line));
  const main = frames > 0 && last > 0 && /^error:\s*$/.test(lines[0]!) ? last : 0;
  for (const [i, line] of lines.entries()) {
    const [, text] = frame.exec(line) ?? [];
    const [, file, row, column] = place.exec(line) ?? [];
    if (i === main) begin(false, line.replace(/^\s*error:\s?/, ''));
    else if (text !== undefined) begin(true, text);
    else if (file !== undefined && entry && !entry.at) {
      entry.at = { file, line: Number(row), column: Number(column ?? 1) };
      inExcerpt = true;
    } else if (traceHint.test(line)) inExcerpt = false;
    else if (!inExcerpt || (line.trim() !== '' && !excerpt.test(line))) entry?.lines.push(line);
  }
  return entries;
}

function frameOf({ lines, at }: Entry): NixFrame {
  return { text: lines.join(' ').replace(/\s+/g, ' ').trim(), ...(at && { at }) };
}

/** The lines of a message without their common indentation, and what they propose. */
function withoutProposals(lines: readonly string[]): { message: string; proposals: string[] } {
  const proposals: string[] = [];
  const kept: string[] = [];
  for (const line of lines) {
    const [, names] = /^\s*Did you mean (?:one of )?(.+)\?$/.exec(line) ?? [];
    if (names === undefined) kept.push(line);
    else proposals.push(...names.split(/, | or /).map((name) => name.replace(/^[`'‘]|['’]$/g, '')));
  }
  const [first = '', ...rest] = kept;
  const indents = rest.filter((line) => line.trim() !== '').map((line) => line.length - line.trimStart().length);
  const indent = Math.min(...indents, 7);
  return { message: [first, ...rest.map((line) => line.slice(indent))].join('\n').trim(), proposals };
}
