import { showPath } from '../options/check-show';

/** Why cdknix itself says something, by the option; `*` stands for any name. */
const reasons: readonly (readonly [option: string, reason: string])[] = [
  ['networking.hostName', 'the id of the host'],
  ['nixpkgs.hostPlatform', 'the system of the host'],
  ['nixpkgs.config', 'the packages that the flake allows'],
  ['nixpkgs.overlays', 'the overlays of the flake'],
  ['system.stateVersion', 'the stateVersion that cdk-like.state.json keeps'],
  ['home.stateVersion', 'the stateVersion that cdk-like.state.json keeps'],
  ['system.primaryUser', 'the first user of the Mac'],
  ['home.username', 'the id of the user'],
  ['home.homeDirectory', 'the home directory of the user'],
  ['users.users.*.home', 'the home directory of the user'],
  ['users.users.*.isNormalUser', 'the account of the user'],
  ['users.users.*.extraGroups', 'the groups that features give the user'],
  ['home-manager.users', 'the homes of the users'],
  ['home-manager.sharedModules', 'what all homes on the host have'],
  ['home-manager.extraSpecialArgs', 'the arguments of modules for homes'],
  ['home-manager', 'the wiring of Home Manager'],
];

/** What cdknix says an option for. */
export function reasonOf(option: readonly string[]): string {
  const found = reasons.find(([name]) => {
    const names = name.split('.');
    return names.length <= option.length && names.every((one, i) => one === '*' || one === option[i]);
  });
  return found?.[1] ?? `what it says of ${showPath(option.slice(0, 1))}`;
}
