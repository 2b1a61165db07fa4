import type { NixError, NixFrame, NixPlace } from './nix-error';
import { optionTold } from './nix-error-definitions';
import type { OutputFiles } from './nix-error-output';
import { type OptionPlace, type Spot, spotAt } from './nix-error-place';

/** Where in the output an error comes from: as near to it as Nix tells. */
export interface Where {
  /** The file of the output. */
  readonly file: string;
  /** In the file, from 1, in UTF-16 units; absent if only the file is known. */
  readonly at?: { readonly line: number; readonly column: number };
  readonly spot?: Spot;
  /** What is defined there, if that is all that is known. */
  readonly option?: OptionPlace;
}

/** The place of the output that an error comes from; nothing if Nix names none. */
export function whereIs({ at, frames }: NixError, files: OutputFiles): Where | undefined {
  return (at && whereAt(at, files)) ?? inFrames(frames, files);
}

function inFrames(frames: readonly NixFrame[], files: OutputFiles): Where | undefined {
  for (const [i, frame] of frames.entries()) {
    const [, from] = /^while evaluating definitions from [`‘'](.+?)['’]/.exec(frame.text) ?? [];
    const file = from === undefined ? undefined : files.find(from);
    if (file !== undefined && file !== 'flake.nix') {
      const option = frames
        .slice(i)
        .map(optionOf)
        .find((one) => one !== undefined);
      return { file, ...(option && { option }) };
    }
    const where = frame.at && whereAt(frame.at, files);
    // Every evaluation of a machine goes through the flake, and through its modules as a whole.
    if (where && where.file !== 'flake.nix' && where.spot?.steps.length) return where;
  }
  return undefined;
}

function optionOf({ text }: NixFrame): OptionPlace | undefined {
  const [, name] = /^while evaluating the option [`‘'](.+?)['’]/.exec(text) ?? [];
  return name === undefined ? undefined : optionTold(name);
}

/** A place of Nix's in a file of the output. */
export function whereAt({ file: nixPath, line, column }: NixPlace, files: OutputFiles): Where | undefined {
  const file = files.find(nixPath);
  if (file === undefined) return undefined;
  const lines = files.text(file).split('\n');
  const text = lines[line - 1] ?? '';
  const units = Buffer.from(text, 'utf8')
    .subarray(0, column - 1)
    .toString('utf8').length;
  const offset = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0) + units;
  const tree = files.tree(file);
  return { file, at: { line, column: units + 1 }, ...(tree && { spot: spotAt(tree, offset) }) };
}
