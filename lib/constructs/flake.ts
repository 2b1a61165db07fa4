import { RootConstruct } from 'constructs';
import { birthPosition, failure, type Position, propOf, userPosition } from '../diagnostics';
import {
  checkArgument,
  deferredIn,
  exprOf,
  File,
  type FlakeRef,
  isExpr,
  nodeOf,
  type Packages,
  quoted,
  refuseMore,
  variable,
} from '../module';
import { nix } from '../module/nix';
import type { Expr } from '../options/values';
import { type SynthOptions, type SynthResult, synthesise } from '../synth';
import { synthAtExit } from '../synth/app-protocol';
import { type Channel, isChannel, latestChannel } from '../synth/channel';
import type { FlakeLiterals, Input, Named } from '../synth/fleet';
import { Exports } from './exports';
import { type Usable, use } from './feature';
import { fleetOf } from './fleet';
import { combinedInput, declaredInput, type InputProps, isInputName, type SameInputProps } from './input';
import { KIND } from './kind';
import { checkArgs, checkSystem, namesIn, type System } from './names';
import { flakeLiterals, type NixConfig } from './nix-config';
import { reservedOutput } from './output-names';
import { argumentsByName, checkPropValues, release } from './prop-values';
import { checkNames, checkProps, type PropNames } from './props';
import { addError } from './report';

declare module './kind' {
  interface Kinds {
    flake: Flake;
  }
}

export interface FlakeProps {
  /**
   * The flake's description.
   * @default none
   */
  readonly description?: string | undefined;
  /**
   * Settings of Nix for whoever uses the flake, such as binary caches.
   * @default none
   */
  readonly nixConfig?: NixConfig | undefined;
  /**
   * The release of nixpkgs, Home Manager and nix-darwin: `26.05`, `26.11`, or `unstable`.
   * @default `26.05`, the latest release that all three had a branch of when this version of cdknix was made
   */
  readonly channel?: Channel | undefined;
  /**
   * The release that hosts and homes were first installed with, where they do not say it themselves.
   * @default the channel's release, at the first synth; pinned from then on
   */
  readonly stateVersion?: string | undefined;
  /**
   * Arguments for the modules of every host, beside `inputs`.
   * @default none
   */
  readonly specialArgs?: Readonly<Record<string, unknown>> | undefined;
  /**
   * Arguments for the modules of every home, beside `inputs`.
   * @default none
   */
  readonly extraSpecialArgs?: Readonly<Record<string, unknown>> | undefined;
}

const propNames: PropNames<FlakeProps> = {
  description: true,
  nixConfig: true,
  channel: true,
  stateVersion: true,
  specialArgs: true,
  extraSpecialArgs: true,
};
const inputPropNames: PropNames<InputProps & SameInputProps> = { url: true, follows: true, flake: true, sameAs: true };
const synthOptionNames: PropNames<SynthOptions> = { outdir: true };

/** A whole flake: the root of the tree of hosts, users and features. */
export class Flake extends RootConstruct {
  readonly [KIND] = 'flake';
  /** Where the user made it. */
  readonly position: Position | undefined;
  /** The release that the inputs are taken from. */
  readonly channel: Channel;
  /** @internal */
  readonly literals: FlakeLiterals;
  /** @internal */
  readonly inputs = new Map<string, Input>();
  /** @internal */
  readonly overlays: Named[] = [];
  /** @internal */
  readonly outputs: Named[] = [];
  /** @internal Names of packages, or `true` for all. */
  unfree: Set<string> | true = new Set();
  /** @internal Names of packages. */
  readonly insecure = new Set<string>();
  /** @internal The calls that allow packages. */
  readonly allowances: (Position | undefined)[] = [];

  /** @throws CdknixError `argument`, `argument-lost` */
  constructor(readonly props: FlakeProps = {}) {
    super();
    checkArgument('new Flake', 'props', props);
    refuseMore('new Flake', arguments, 1);
    this.position = birthPosition(this);
    checkProps(this, Flake, props, propNames);
    const { channel = latestChannel } = props;
    this.channel = isChannel(channel) ? channel : latestChannel;
    if (!isChannel(channel)) {
      addError(this, {
        code: 'channel',
        message: `${quoted(channel)} is not a channel`,
        position: propOf(this.position, ['channel']),
        help: `write a release such as '${latestChannel}', or 'unstable'`,
      });
    }
    this.literals = flakeLiterals(this, props);
    checkArgs(this, props);
    checkPropValues(this, props, {
      stateVersion: release,
      specialArgs: argumentsByName,
      extraSpecialArgs: argumentsByName,
    });
    synthAtExit(this, () => this.synth());
  }

  /**
   * Declares an input, and refers to it: `flake.input('sops-nix', { url }).nixosModules.sops`.
   *
   * Inputs that the tree needs (nixpkgs, Home Manager, nix-darwin) are declared by themselves; declaring one replaces it.
   * `{ sameAs: 'darwin' }` makes it a second name for another input.
   *
   * @param name its name in the flake
   * @throws CdknixError `input-url`, `input-follows`, `argument`, `argument-lost`
   */
  input(name: string, props: InputProps | SameInputProps): FlakeRef {
    checkArgument('input', 'props', props, "write flake.input('name', { url: '…' })");
    refuseMore('input', arguments, 2);
    const declared = declaredInput(name, props ?? {}, userPosition());
    checkNames(this, `the input '${name}'`, props, inputPropNames);
    const known = this.inputs.get(name);
    const input = known ? combinedInput(name, known, declared) : declared;
    if (!isInputName(name)) {
      addError(this, {
        code: 'input-name',
        message: `${quoted(name)} cannot name an input`,
        help: 'use letters, digits, "-" and "_", starting with a letter; "self" and "inputs" have a meaning of their own',
      });
    } else if ('message' in input) {
      addError(this, {
        ...input,
        help: 'agree on one of them, or give the second input a name of its own',
        related: [{ message: 'first declared here:', ...(known?.position && { position: known.position }) }],
      });
    } else {
      this.inputs.set(name, input);
    }
    return variable('inputs')[name] as FlakeRef;
  }

  /**
   * Adds an overlay to every host and standalone home, and to the flake's `overlays` output.
   *
   * @param name its name in the output
   * @param overlay `(final, prev) => ({ … })`, an input's overlay, or `path('./overlay.nix')` for a file that holds one
   * @throws CdknixError `overlay-name`, `overlay-value` if it is none of these, `argument-lost`
   */
  overlay(name: string, overlay: Expr | ((final: Packages, prev: Packages) => unknown)): this {
    refuseMore('overlay', arguments, 2);
    checkNamed('overlay', name, overlay);
    const value = isExpr(overlay) || typeof overlay === 'function' ? exprOf(nodeOf(overlay)) : undefined;
    if (!value) {
      throw failure({
        code: 'overlay-value',
        message: `the overlay ${quoted(name)} is a JavaScript ${typeof overlay}, not a Nix function`,
        position: userPosition(),
        help: "write (final, prev) => ({ … }), or path('./overlay.nix') for a file that holds one",
      });
    }
    const imported = isExpr(overlay) && deferredIn(overlay) instanceof File ? nix`import ${overlay}` : value;
    this.overlays.push({ name, value: imported, position: userPosition() });
    return this;
  }

  /**
   * Allows unfree packages on every host and in every standalone home.
   *
   * @param packages their names; none for all of them
   */
  allowUnfree(...packages: readonly string[]): this {
    const names = namesIn('allowUnfree', packages);
    this.allowances.push(userPosition());
    if (names.length === 0 || this.unfree === true) this.unfree = true;
    else for (const name of names) this.unfree.add(name);
    return this;
  }

  /**
   * Allows packages with known vulnerabilities on every host and in every standalone home.
   *
   * @param packages their names, of which there is no short form for all
   */
  allowInsecure(...packages: readonly string[]): this {
    for (const name of namesIn('allowInsecure', packages)) this.insecure.add(name);
    this.allowances.push(userPosition());
    return this;
  }

  /**
   * Adds to the outputs of the flake: `devShells`, `packages`, `checks`, `colmenaHive`, anything.
   *
   * @param name the output
   * @param value data and expressions; `inputs`, `self` and the inputs by name are in scope
   * @throws CdknixError `output-name` without a name or a value, `argument-lost`
   */
  output(name: string, value: unknown): this {
    refuseMore('output', arguments, 2);
    checkNamed('output', name, value);
    const reserved = reservedOutput(name);
    if (reserved) addError(this, { code: 'output-reserved', ...reserved });
    else this.outputs.push({ name, value, position: userPosition() });
    return this;
  }

  /**
   * The packages of a platform, for outputs such as `devShells`: in modules, use `pkgs`.
   *
   * @param system the platform
   * @throws CdknixError `argument-lost`
   */
  pkgs(system: System): Packages {
    refuseMore('pkgs', arguments, 1);
    checkSystem(this, 'flake.pkgs', system);
    return variable('inputs').nixpkgs.legacyPackages[typeof system === 'string' ? system : 'unknown'] as Packages;
  }

  /**
   * Offers features to other flakes, as modules: `nixosModules`, `darwinModules` and `homeModules`, each by the feature's id.
   * They serve nothing here; `use` does that.
   */
  export(...features: readonly Usable[]): this {
    const exports = (this.node.tryFindChild('exports') ?? new Exports(this, 'exports')) as Exports;
    use(exports, features);
    return this;
  }

  /** Uses features on every host and every home. */
  use(...features: readonly Usable[]): this {
    use(this, features);
    return this;
  }

  /**
   * Writes the flake: to where the command line says, or to `outdir`.
   *
   * @throws CdknixError with every problem that was found; nothing is written then
   */
  synth(options: SynthOptions = {}): SynthResult {
    checkArgument('synth', 'props', options, "write flake.synth({ outdir: '…' })");
    refuseMore('synth', arguments, 1);
    checkNames(this, 'synth', options, synthOptionNames);
    return synthesise(fleetOf(this), options);
  }
}

function checkNamed(what: 'overlay' | 'output', name: unknown, value: unknown): void {
  if (typeof name === 'string' && name !== '' && value !== undefined) return;
  throw failure({
    code: `${what}-name`,
    message: `${what}(…) needs a name and a value`,
    position: userPosition(),
    help: `write flake.${what}('name', …)`,
  });
}
