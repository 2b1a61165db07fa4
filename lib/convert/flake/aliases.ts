import type { FlakeModel, MachineModel } from './model';
import type { MachineKind } from './value';

/** An input by the name that cdknix knows it by. */
export interface Alias {
  readonly name: string;
  readonly sameAs: string;
}

/** The input that makes machines of a kind, as cdknix calls it. */
const known: Readonly<Record<MachineKind, string>> = {
  nixos: 'nixpkgs',
  darwin: 'nix-darwin',
  home: 'home-manager',
};

/** Second names that a flake's inputs need: `nix-darwin` for one that it calls `darwin`. */
export function aliasesOf({ inputs, machines }: FlakeModel): Alias[] {
  const names = new Set(inputs.map(({ name }) => name));
  const aliases: Alias[] = [];
  const add = (name: string, sameAs: string | undefined) => {
    if (names.has(name) || sameAs === undefined) return;
    names.add(name);
    aliases.push({ name, sameAs });
  };
  for (const kind of ['nixos', 'darwin'] as const) {
    const own = machines.filter((one) => one.kind === kind);
    if (own.length) add(known[kind], mostUsed(own));
  }
  const homes = machines.filter((one) => one.kind === 'home');
  if (homes.length) add('home-manager', mostUsed(homes));
  else if (machines.some(({ users }) => users.length)) {
    add('home-manager', inputs.find(({ url }) => /[:/]home-manager(\/|$)/.test(url))?.name);
  }
  const macs = machines.some(isMac);
  if (macs && machines.some((one) => !isMac(one))) {
    const darwin = aliases.find(({ name }) => name === 'nix-darwin')?.sameAs ?? 'nix-darwin';
    const own = inputs.find(({ name }) => name === darwin)?.follows.get('nixpkgs');
    add('nixpkgs-darwin', own ?? 'nixpkgs');
  }
  return aliases;
}

const isMac = ({ kind, system = '' }: MachineModel) => kind === 'darwin' || system.endsWith('-darwin');

function mostUsed(machines: readonly MachineModel[]): string | undefined {
  const counts = new Map<string, number>();
  for (const { input } of machines) if (input !== undefined) counts.set(input, (counts.get(input) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0];
}

/** The input that a machine is made with, where that is none that cdknix would make it with. */
export function otherInput({ kind, input }: MachineModel, aliases: readonly Alias[]): string | undefined {
  const name = aliases.find((one) => one.name === known[kind])?.sameAs ?? known[kind];
  return input === undefined || input === name ? undefined : input;
}
