import { formatPatch, type StructuredPatch, type StructuredPatchHunk, structuredPatch } from 'diff';
import { fileRedactions, joined, type Style, type Styled, styled } from '../../diagnostics';
import { edited, redacted, redaction, withoutControls } from '../../redaction';
import type { Change, Content } from './changes';

/** What is to be known of a patch that is shown otherwise than it is. */
export function notesOn(patch: string): string[] {
  const isRedacted = redacted(patch).includes(redaction);
  return [
    ...(isRedacted ? [`secrets are shown as ${redaction}, so the patch does not apply`] : []),
    ...(withoutControls(patch) !== patch ? ['control characters are spelled, so the patch does not apply'] : []),
  ];
}

/** How long to look for the smallest difference of one file, in milliseconds; then the whole file is shown as changed. */
const patience = 1000;

/**
 * A change as git shows it, and takes it back (`git apply`).
 *
 * Secrets are redacted, as what a terminal shows is often kept in a log; such a patch git does not take.
 */
export function patchOf(change: Change): string {
  const [before, after] = [change.before(), change.after()];
  const [old, fresh] = [asText(before), asText(after)];
  const [from, to] = [`a/${change.path}`, `b/${change.path}`];
  const binary = old === undefined || fresh === undefined;
  const patch: StructuredPatch = {
    ...(binary ? blank(from, to) : comparison(from, to, old, fresh)),
    oldFileName: before ? from : '/dev/null',
    newFileName: after ? to : '/dev/null',
    isGit: true,
    isCreate: !before,
    isDelete: !after,
    ...modes(before, after),
  };
  const text = formatPatch(patch);
  return binary ? `${text}Binary files ${patch.oldFileName} and ${patch.newFileName} differ\n` : text;
}

/** The text of a file, empty if it is not there; absent if it is not text. */
function asText(content: Content | undefined): string | undefined {
  if (!content) return '';
  const text = content.bytes.toString('utf8');
  return text.includes('\0') || !Buffer.from(text).equals(content.bytes) ? undefined : text;
}

function comparison(from: string, to: string, before: string, after: string): StructuredPatch {
  const patch = smallest(from, to, before, after);
  const [old, fresh] = [shown(from, before), shown(to, after)];
  if (old === before && fresh === after) return patch;
  const lines = { '-': old.split('\n'), '+': fresh.split('\n') };
  return { ...patch, hunks: patch.hunks.map((hunk) => ({ ...hunk, lines: seen(hunk, lines['-'], lines['+']) })) };
}

const shown = (path: string, text: string) => edited(text, fileRedactions(path, text));

/** The lines of a hunk, as they are in other texts with the same lines. */
function seen({ oldStart, newStart, lines }: StructuredPatchHunk, before: string[], after: string[]): string[] {
  let [old, fresh] = [oldStart - 1, newStart - 1];
  return lines.map((line) => {
    const [mark] = line;
    if (mark === '\\') return line;
    if (mark === '-') return `-${before[old++]}`;
    if (mark === ' ') old++;
    return `${mark}${after[fresh++]}`;
  });
}

function smallest(from: string, to: string, before: string, after: string): StructuredPatch {
  const patch = structuredPatch(from, to, before, after, undefined, undefined, { context: 3, timeout: patience });
  if (patch) return patch;
  const removed = structuredPatch(from, to, before, '').hunks[0]!;
  const added = structuredPatch(from, to, '', after).hunks[0]!;
  const hunk = { ...removed, newStart: 1, newLines: added.newLines, lines: [...removed.lines, ...added.lines] };
  return { ...blank(from, to), hunks: [hunk] };
}

function blank(oldFileName: string, newFileName: string): StructuredPatch {
  return { oldFileName, newFileName, oldHeader: undefined, newHeader: undefined, hunks: [] };
}

/** Modes where git says them: of new and removed files, and where they change. */
function modes(before: Content | undefined, after: Content | undefined): Partial<StructuredPatch> {
  const mode = ({ executable }: Content) => (executable ? '100755' : '100644');
  if (before && after) {
    return before.executable === after.executable ? {} : { oldMode: mode(before), newMode: mode(after) };
  }
  return before ? { oldMode: mode(before) } : { newMode: mode(after!) };
}

/** A patch with git's colours. */
export function coloured(patch: string): Styled {
  let inHeader = true;
  const styleOf = (line: string): Style | undefined => {
    if (line.startsWith('@@')) inHeader = false;
    if (inHeader) return 'bold';
    return colours[line[0] ?? ''];
  };
  return joined(
    patch.split('\n').map((line) => {
      const style = styleOf(line);
      return style && line !== '' ? styled(style, line) : line;
    }),
  );
}

const colours: Readonly<Record<string, Style>> = { '@': 'cyan', '+': 'green', '-': 'red' };
