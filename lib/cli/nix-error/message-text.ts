import type { Expr } from '../../nix';
import { pushChildren } from '../../nix/walk';
import type { OutputFiles } from './output-files';
import { locationInFile, type OutputLocation } from './output-location';

/** Where a module of the output has the text of an assertion or warning; what is interpolated in it may be anything. */
export function locationOfText(said: string, files: OutputFiles): OutputLocation | undefined {
  const text = spaced(said);
  for (const file of files.paths) {
    // Parsing every module of a fleet for a word of few takes too long.
    if (!file.endsWith('.nix') || !/\b(?:assertions|warn)/.test(files.text(file))) continue;
    const offset = offsetOf(text, files.tree(file));
    if (offset !== undefined) return locationInFile(file, offset, files);
  }
  return undefined;
}

function offsetOf(text: string, tree: Expr | undefined): number | undefined {
  const stack = tree ? [tree] : [];
  for (let node = stack.pop(); node; node = stack.pop()) {
    if ((node.kind === 'str' || node.kind === 'indented') && node.pos && mayBe(node, text)) return node.pos.start;
    pushChildren(node, stack);
  }
  return undefined;
}

function mayBe({ parts }: Extract<Expr, { kind: 'str' | 'indented' }>, text: string): boolean {
  const written = parts.map((part) => (part.kind === 'text' ? part.value : undefined));
  // With less of it written out, texts of others fit too.
  if (spaced(written.join('')).length * 2 < text.length) return false;
  const pattern = written.map((part) => (part === undefined ? '.*' : escaped(part.replace(/\s+/g, ' ')))).join('');
  return new RegExp(`^ *${pattern.trim()} *$`).test(text);
}

const escaped = (text: string) => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');

const spaced = (text: string) => text.replace(/\s+/g, ' ').trim();
