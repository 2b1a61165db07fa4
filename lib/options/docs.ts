/** Upstream's own words about an option: for types that are made on the user's machine. Tables never hold them. */
export interface Doc {
  readonly description?: string;
  /** Nix code. */
  readonly default?: string;
  /** Nix code. */
  readonly example?: string;
}

/** Words by the option's place: `services.nginx.virtualHosts.<name>.root`, joined with dots, nothing quoted. */
export type Docs = ReadonlyMap<string, Doc>;
