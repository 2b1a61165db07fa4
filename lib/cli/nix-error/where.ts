import { positionAt } from '../../diagnostics';
import { optionTold } from './definitions';
import { inputsIn } from './input';
import type { NixError, NixFrame, NixPlace } from './nix-error';
import type { OutputFiles } from './output';
import { type OptionPlace, type Spot, spotAt, spotInFlake, useOf } from './place';

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
    const from = definitionsFrom(frame);
    const file = from === undefined ? undefined : files.find(from);
    if (file !== undefined && file !== 'flake.nix') {
      const option = optionOfDefinitions(frames.slice(i + 1));
      return { file, ...(option && { option }) };
    }
    const where = frame.at && whereAt(frame.at, files);
    // Every evaluation of a machine goes through its modules as a whole.
    if (where?.spot?.steps.length && !isOnTheWay(where)) return where;
  }
  return undefined;
}

/** Whether a place is one that every evaluation of a machine goes through: its entry in the flake. */
export function isOnTheWay({ file, spot }: Where): boolean {
  const [output, , member] = spot?.option ?? [];
  const isEntry = output === undefined || /Configurations$/.test(String(output));
  return file === 'flake.nix' && isEntry && !/pecialArgs$/.test(String(member));
}

const definitionsFrom = ({ text }: NixFrame) => /^while evaluating definitions from [`‘'](.+?)['’]/.exec(text)?.[1];

/** The option that definitions are of; what is further out may be another one. */
function optionOfDefinitions(outwards: readonly NixFrame[]): OptionPlace | undefined {
  for (const frame of outwards) {
    if (definitionsFrom(frame) !== undefined) return undefined;
    const [, name] = /^while evaluating the option [`‘'](.+?)['’]/.exec(frame.text) ?? [];
    if (name !== undefined) return optionTold(name);
  }
  return undefined;
}

/** As near to where an option is asked for as its name in the file tells. */
export function whereAsked(where: Where, option: OptionPlace, files: OutputFiles): Where {
  const tree = where.spot ? undefined : files.tree(where.file);
  const offset = tree && useOf(tree, option);
  return offset === undefined ? where : whereIn(where.file, offset, files);
}

/** A place of Nix's in a file of the output. */
export function whereAt({ file: nixPath, line, column }: NixPlace, files: OutputFiles): Where | undefined {
  const file = files.find(nixPath);
  if (file === undefined) return undefined;
  const lines = files.text(file).split('\n');
  const before = Buffer.from(lines[line - 1] ?? '', 'utf8').subarray(0, column - 1);
  const start = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0);
  return whereIn(file, start + before.toString('utf8').length, files);
}

/** An offset in a file of the output. */
export function whereIn(file: string, offset: number, files: OutputFiles): Where {
  const { line, column } = positionAt(file, files.text(file), offset);
  const tree = files.tree(file);
  const spot = tree && (file === 'flake.nix' ? spotInFlake(tree, offset) : spotAt(tree, offset));
  return { file, at: { line, column }, ...(spot && { spot: { ...spot, inputs: [...inputsIn(files).keys()] } }) };
}
