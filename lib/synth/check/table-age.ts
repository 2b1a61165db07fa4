import { type OptionTable, releaseOf } from '../../options/table';
import { type Channel, stateVersionOf } from '../channel';

/**
 * What to say first of a problem that may only be the release of the table: which one that is, which one the flake is on,
 * and how the right options come here. Nothing for options of the user's own inputs.
 */
export function ageOf(table: OptionTable, channel: Channel): string | undefined {
  if (table.source === 'import') return undefined;
  const on = isOfChannel(table, channel) ? 'which may be older than yours' : `and the channel is ${channel}`;
  const offline = table.class === 'nixos' ? ', or without Nix cdknix import --channel those of the channel' : '';
  return `the options known here are those of ${releaseOf(table)}, ${on}: cdknix import reads those of your own inputs${offline}`;
}

/** Whether a table is of the release that a channel is or becomes. */
export function isOfChannel({ release }: OptionTable, channel: Channel): boolean {
  return release.replace(/pre.*$/, '') === stateVersionOf(channel);
}

/** Whether a table is of an earlier release than a channel, so that the channel may have names that it lacks. */
export function isOlder({ release }: OptionTable, channel: Channel): boolean {
  return release.replace(/pre.*$/, '') < stateVersionOf(channel);
}
