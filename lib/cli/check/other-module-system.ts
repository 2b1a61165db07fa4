import type { Diagnostic } from '../../diagnostics';
import type { ModuleClass } from '../../options/config';
import { optionAt } from '../../options/option-at';
import { type KnownOptions, tablesOf } from '../../synth/check/known-options';
import { otherClass } from '../../synth/check/options';
import { homeOption, ownOption } from '../nix-error/definitions';
import type { OptionPlace } from '../nix-error/node-at';
import type { Target } from './targets';

/** What to say of an option that a target lacks and another module system has; nothing if none has it. */
export function otherModuleSystem(
  target: Target,
  option: OptionPlace,
  project: string,
): Pick<Diagnostic, 'message' | 'help'> | undefined {
  const tables = tablesOf(project);
  const optionsOf = (of: ModuleClass): KnownOptions => {
    const table = tables(of);
    return { table, options: table.options, unknown: [], isOpen: false };
  };
  const own = optionsOf(homeOption(option) ? 'home' : classOf(target));
  const path = ownOption(option);
  // The table may be of another release than the inputs.
  if (optionAt(own.options, path, undefined).is !== 'nothing') return undefined;
  const found = otherClass(path, own, optionsOf);
  return found && { message: found.message, help: found.help };
}

function classOf({ attribute: [output] }: Target): ModuleClass {
  return output === 'homeConfigurations' ? 'home' : output === 'darwinConfigurations' ? 'darwin' : 'nixos';
}
