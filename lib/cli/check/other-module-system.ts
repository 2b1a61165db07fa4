import type { Diagnostic } from '../../diagnostics';
import type { ModuleClass } from '../../options/config';
import { optionAt } from '../../options/option-at';
import { showPath } from '../../options/show-value';
import { type OptionTable, releaseOf } from '../../options/table';
import { tablesOf } from '../../synth/check/known-options';
import { otherClass } from '../../synth/check/options';
import { homeOption, ownOption } from '../nix-error/definitions';
import type { OptionPlace } from '../nix-error/node-at';
import type { Target } from './targets';

/** What to say of an option that a target lacks and another module system or release has; nothing if none has it. */
export function otherModuleSystem(
  target: Target,
  option: OptionPlace,
  project: string,
): Pick<Diagnostic, 'message' | 'help'> | undefined {
  const tables = tablesOf(project);
  const optionsOf = (of: ModuleClass) => {
    const table = tables(of);
    return { table, options: table.options };
  };
  const own = optionsOf(homeOption(option) ? 'home' : classOf(target));
  const path = ownOption(option);
  if (optionAt(own.options, path, undefined).is !== 'nothing') return otherRelease(path, own.table);
  const found = otherClass(path, own, optionsOf);
  return found && { message: found.message, help: found.help };
}

/** What to say of an option that the table has which came with cdknix, and the inputs have not. */
function otherRelease(path: OptionPlace, table: OptionTable): Pick<Diagnostic, 'message' | 'help'> | undefined {
  if (table.source === 'import') return undefined;
  return {
    message: `there is no option ${showPath(path)} in the release that the flake is on`,
    help: `${releaseOf(table)} has it, whose options came with cdknix: cdknix import reads those of your own inputs; leave it out, or take a channel that has it`,
  };
}

function classOf({ attribute: [output] }: Target): ModuleClass {
  return output === 'homeConfigurations' ? 'home' : output === 'darwinConfigurations' ? 'darwin' : 'nixos';
}
