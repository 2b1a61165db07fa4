import type { Summary } from '../../synth/summary';
import { shellQuoted } from '../terminal/shell';

/** How many commands are worth the space. */
const shownSteps = 5;

/**
 * The commands that put a flake to use, one for each host and standalone home.
 *
 * @param flake how Nix refers to the output folder
 */
export function nextSteps(summary: Summary, flake: string): string[] {
  const steps = allSteps(summary, flake);
  const more = steps.length - shownSteps;
  return more > 0 ? [...steps.slice(0, shownSteps), `and ${more} more; cdknix list shows all`] : steps;
}

function allSteps({ hosts, homes }: Summary, flake: string): string[] {
  const target = (name: string) => shellQuoted(`${flake}#${name}`);
  const home = ({ configuration }: Summary['homes'][number]) =>
    configuration === undefined ? [] : [`home-manager switch --flake ${target(configuration)}`];
  const rebuild = { nixos: 'nixos-rebuild', darwin: 'darwin-rebuild' };
  return [
    ...hosts.map((host) => `sudo ${rebuild[host.class]} switch --flake ${target(host.name)}`),
    ...hosts.flatMap((host) => host.users.flatMap(home)),
    ...homes.flatMap(home),
  ];
}
