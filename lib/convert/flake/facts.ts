/** What Nix says of a machine. */
export interface Facts {
  readonly system?: string;
  readonly hostName?: string | null;
  readonly stateVersion?: string | number;
  /** How Home Manager is wired into a host. */
  readonly homeManager?: Wiring;
  /** The first user of a Mac. */
  readonly primaryUser?: string | null;
  /** Whose home it is, and where. */
  readonly username?: string;
  readonly homeDirectory?: string;
}

/** Options of Home Manager that cdknix has defaults of its own for. */
export interface Wiring {
  readonly useGlobalPkgs: boolean;
  readonly useUserPackages: boolean;
  readonly backupFileExtension: string | null;
}

/** What Home Manager does where nobody says it. */
export const plainWiring: Wiring = { useGlobalPkgs: false, useUserPackages: false, backupFileExtension: null };

/** What cdknix has it do (lib/synth/common-parts.ts). */
export const ourWiring: Wiring = { useGlobalPkgs: true, useUserPackages: true, backupFileExtension: 'backup' };
