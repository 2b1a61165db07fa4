import type { Diagnostic } from '../../diagnostics';
import type { ModuleClass } from '../../options/config';
import { outcomeAt } from '../../options/resolve/outcome';
import { resolved } from '../../options/resolve/resolve-value';
import { showPath } from '../../options/show-value';
import type { Fleet, HomeModel, HostModel } from '../fleet';
import type { Copy } from '../output';
import { modulesOf, subjectsNamed } from '../questions/configurations';
import { OutputReader } from '../questions/modules';
import { keyOf, settingsOf } from '../questions/settings';
import type { OptionsOf } from './known-options';

/**
 * What a home on a host needs of an account that is declared elsewhere (`account: false`), and that nothing in the output
 * says. Home Manager takes the name and the home folder from `users.users.<name>` (home-manager, nixos/common.nix).
 *
 * @param files the output, by path
 */
export function checkAccounts(
  fleet: Fleet,
  files: ReadonlyMap<string, string | Copy>,
  optionsOf: OptionsOf,
): Diagnostic[] {
  let reader: OutputReader | undefined;
  return fleet.hosts.flatMap((host) => {
    const users = host.users.filter((user) => user.embedded && !user.account);
    if (!users.length) return [];
    reader ??= new OutputReader(files);
    const isSaid = saidOn(host, fleet, reader, optionsOf);
    return users.flatMap((user) => missingOf(user, host, isSaid));
  });
}

/** Whether something is said at names below `users.users`, or may be. */
type IsSaid = (...names: readonly string[]) => boolean;

function saidOn(host: HostModel, fleet: Fleet, reader: OutputReader, optionsOf: OptionsOf): IsSaid {
  const of = host.module.moduleClass;
  const { options } = optionsOf(of);
  const surroundings = { fill: () => undefined, optionsOf: (one: ModuleClass) => optionsOf(one).options };
  const [subject] = subjectsNamed(fleet, host.name);
  const { modules, others } = modulesOf(subject!, reader, optionsOf, surroundings);
  const { byOption, opaque } = settingsOf(modules, options, surroundings);
  const known = optionsOf(of).table.modules ?? [];
  const unseen = others.some((one) => !known.includes(one)) || opaque.some(({ group }) => isAbove(group));
  const setting = byOption.get(keyOf(accounts));
  const outcome = setting && resolved(accounts, setting.known ?? ['any'], setting.values, surroundings).outcome;
  return (...names) => {
    const found = outcome && outcomeAt(outcome, names);
    return unseen || (found !== undefined && found.is !== 'nothing');
  };
}

const accounts = ['users', 'users'];

const isAbove = (group: readonly string[]) => group.every((name, i) => name === accounts[i]);

/** What the account of a home must have, as its module system asks for it. */
const wants = {
  nixos: { names: ['isNormalUser', 'isSystemUser'], what: 'neither isNormalUser nor isSystemUser' },
  darwin: { names: ['home'], what: 'no home' },
} as const;

function missingOf({ name, path, position }: HomeModel, host: HostModel, isSaid: IsSaid): Diagnostic[] {
  const isDarwin = host.module.moduleClass === 'darwin';
  const { names, what } = wants[isDarwin ? 'darwin' : 'nixos'];
  // NixOS itself declares root.
  if (names.some((one) => isSaid(name, one)) || (!isDarwin && name === 'root')) return [];
  const account = showPath([...accounts, name]);
  const found = isSaid(name)
    ? `${account} on host '${host.name}' has ${what}`
    : `nothing on host '${host.name}' declares ${account}`;
  const help = isDarwin ? `{ home: '/Users/${name}' }` : '{ isNormalUser: true }';
  return [
    {
      code: 'account-missing',
      severity: 'warning',
      message: `${found}, which the home of '${name}' needs (account: false)`,
      path,
      position,
      help: `set it there to ${help}, or leave account: false out`,
    },
  ];
}
