import { positionAt } from '../../diagnostics';
import { parseOptionName } from './definitions';
import { inputsIn } from './input-messages';
import type { NixError, NixFrame, NixPlace } from './nix-error';
import { type OptionPlace, type Spot, spotAt, spotInFlake, useOf } from './node-at';
import type { OutputFiles } from './output-files';

/** Where in the output an error comes from: as near to it as Nix tells. */
export interface OutputLocation {
  /** The file of the output. */
  readonly file: string;
  /** In the file, from 1, in UTF-16 units; absent if only the file is known. */
  readonly at?: { readonly line: number; readonly column: number };
  readonly spot?: Spot;
  /** What is defined there, if that is all that is known. */
  readonly option?: OptionPlace;
}

/** The place of the output that an error comes from; nothing if Nix names none. */
export function locationOf({ at, frames }: NixError, files: OutputFiles): OutputLocation | undefined {
  return (at && locationAt(at, files)) ?? inFrames(frames, files);
}

function inFrames(frames: readonly NixFrame[], files: OutputFiles): OutputLocation | undefined {
  for (const [i, frame] of frames.entries()) {
    const from = definitionsFrom(frame);
    const file = from === undefined ? undefined : files.find(from);
    if (file !== undefined && file !== 'flake.nix') {
      const option = optionOfDefinitions(frames.slice(i + 1));
      return { file, ...(option && { option }) };
    }
    const location = frame.at && locationAt(frame.at, files);
    // Every evaluation of a machine goes through its modules as a whole.
    if (location?.spot?.steps.length && !isOnTheWay(location)) return location;
  }
  return undefined;
}

/** Whether a place is one that every evaluation of a machine goes through: its entry in the flake. */
export function isOnTheWay({ file, spot }: OutputLocation): boolean {
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
    if (name !== undefined) return parseOptionName(name);
  }
  return undefined;
}

/** As near to where an option is asked for as its name in the file tells. */
export function locationOfUse(location: OutputLocation, option: OptionPlace, files: OutputFiles): OutputLocation {
  const tree = location.spot ? undefined : files.tree(location.file);
  const offset = tree && useOf(tree, option);
  return offset === undefined ? location : locationInFile(location.file, offset, files);
}

/** A place of Nix's in a file of the output. */
export function locationAt({ file: nixPath, line, column }: NixPlace, files: OutputFiles): OutputLocation | undefined {
  const file = files.find(nixPath);
  if (file === undefined) return undefined;
  const lines = files.text(file).split('\n');
  const before = Buffer.from(lines[line - 1] ?? '', 'utf8').subarray(0, column - 1);
  const start = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0);
  return locationInFile(file, start + before.toString('utf8').length, files);
}

/** An offset in a file of the output. */
export function locationInFile(file: string, offset: number, files: OutputFiles): OutputLocation {
  const { line, column } = positionAt(file, files.text(file), offset);
  const tree = files.tree(file);
  const spot = tree && (file === 'flake.nix' ? spotInFlake(tree, offset) : spotAt(tree, offset));
  return { file, at: { line, column }, ...(spot && { spot: { ...spot, inputs: [...inputsIn(files).keys()] } }) };
}
