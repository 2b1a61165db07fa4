import type { Open } from '../options/values';
import type { Library, Packages } from './generated/names';
import type { Members, Ref } from './ref';

/** A program that has packages of its own, such as Python. */
export interface Interpreter<Packages> extends Ref {
  readonly pkgs: Packages & Ref;
  readonly withPackages: WithPackages<Packages>;
}

interface WithPackages<Packages> extends Ref {
  (choose: (packages: Packages) => unknown): Ref;
}

/** A flake, by what it has for others (Nix manual, "nix flake"; NixOS wiki, "Flakes"). */
export interface FlakeRef extends Ref {
  readonly apps: BySystem<Ref>;
  readonly checks: BySystem<Ref>;
  readonly darwinConfigurations: Members;
  readonly darwinModules: Members;
  readonly devShells: BySystem<Outputs>;
  readonly flakeModules: Members;
  readonly homeConfigurations: Members;
  readonly homeManagerModules: Members;
  readonly homeModules: Members;
  readonly inputs: Inputs;
  readonly legacyPackages: BySystem<Ref>;
  readonly nixosConfigurations: Members;
  readonly nixosModules: Members;
  readonly overlays: Members;
  readonly packages: BySystem<Outputs>;
  readonly templates: Members;
}

/** Nixpkgs as an input. */
export interface NixpkgsRef extends FlakeRef {
  readonly legacyPackages: BySystem<Packages>;
  readonly lib: Library;
}

/** Inputs by name; those that every flake has are known. */
export type Inputs = Ref & { readonly [name: string]: Open<FlakeRef> } & {
  readonly nixpkgs: NixpkgsRef;
  readonly self: FlakeRef;
};

/** What is there for each platform (`System`). */
type BySystem<T> = Ref & { readonly [system: string]: Open<T> };

interface Outputs extends Ref {
  readonly default: Ref;
}
