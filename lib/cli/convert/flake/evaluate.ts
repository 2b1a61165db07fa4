import type { Facts } from '../../../convert/flake/facts';
import type { MachineKind } from '../../../convert/flake/value';
import { encodeKey } from '../../../nix/encode';
import type { NixRun } from '../../nix/nix';
import { nixCommand } from '../../nix/nix';
import { messageOf } from '../../nix/nix-message';
import { start } from '../../nix/process';

/** A machine as an output of a flake. */
export interface Output {
  readonly kind: MachineKind;
  readonly name: string;
}

const outputs: Readonly<Record<MachineKind, string>> = {
  nixos: 'nixosConfigurations',
  darwin: 'darwinConfigurations',
  home: 'homeConfigurations',
};

export const outputOf = (kind: MachineKind): string => outputs[kind];

/** What came of an evaluation. */
export type Evaluated<T> = { readonly value: T } | { readonly error: string };

/** What a flake has. */
export interface Census {
  /** The names of machines, by what makes them. */
  readonly names: Readonly<Record<MachineKind, readonly string[]>>;
  /** What it is: another flake has another one. */
  readonly identity: string;
}

/** What a flake has, without a look at any of it. */
export async function censusOf(flake: string, run: NixRun): Promise<Evaluated<Census>> {
  const names = Object.entries(outputs).map(([kind, output]) => `${kind} = builtins.attrNames (o.${output} or { });`);
  return evaluated(flake, 'original', `o: { names = { ${names.join(' ')} }; identity = o.narHash; }`, run);
}

/** What Nix says of a machine of the original, and the derivation that it comes to. */
export async function factsOf(
  flake: string,
  output: Output,
  run: NixRun,
): Promise<Evaluated<Facts & { derivation: string }>> {
  return evaluated(flake, 'original', `o: ${factsCode(output)}`, run);
}

/** The derivation of a machine of the result. */
export async function derivationOf(flake: string, { kind, name }: Output, run: NixRun): Promise<Evaluated<string>> {
  return evaluated(flake, 'result', `o: o.${outputs[kind]}.${encodeKey(name)}.${product(kind)}.drvPath`, run);
}

/** What is built of a machine. */
const product = (kind: MachineKind) => (kind === 'home' ? 'activationPackage' : 'config.system.build.toplevel');

function factsCode({ kind, name }: Output): string {
  const machine = `o.${outputs[kind]}.${encodeKey(name)}`;
  const config = `${machine}.config`;
  const common = `derivation = ${machine}.${product(kind)}.drvPath; system = ${machine}.pkgs.stdenv.hostPlatform.system;`;
  if (kind === 'home') {
    return `{ ${common} inherit (${config}.home) username homeDirectory stateVersion; }`;
  }
  const wiring = ['useGlobalPkgs', 'useUserPackages', 'backupFileExtension'].map(
    (option) => `${option} = ${config}.home-manager.${option} or null;`,
  );
  return `{
    ${common}
    hostName = ${config}.networking.hostName;
    stateVersion = ${config}.system.stateVersion;
    primaryUser = ${config}.system.primaryUser or null;
  } // (if ${config} ? home-manager then { homeManager = { ${wiring.join(' ')} }; } else { })`;
}

async function evaluated<T>(
  flake: string,
  output: string,
  apply: string,
  { folder, flags, seconds }: NixRun,
): Promise<Evaluated<T>> {
  const args = ['eval', '--json', '--no-write-lock-file', ...flags, '--apply', apply, `${flake}#${output}`];
  const running = start('nix', [...nixCommand, ...args], { cwd: folder });
  const limit = seconds ? setTimeout(() => running.stop(), seconds * 1000) : undefined;
  try {
    const { code, stdout, stderr } = await running.ended;
    if (code === 0) return { value: JSON.parse(stdout) as T };
    return { error: code === null ? `nix was stopped after ${seconds} s` : messageOf(stderr) };
  } catch (error) {
    return { error: (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'there is no nix here' : String(error) };
  } finally {
    clearTimeout(limit);
  }
}
