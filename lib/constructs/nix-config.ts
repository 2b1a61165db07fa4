import type { IConstruct } from 'constructs';
import { type Place, type Position, propOf } from '../diagnostics';
import { isExpr, quoted } from '../module';
import type { FlakeLiterals, NixSetting } from '../synth/fleet';
import { addError } from './report';

/** Settings of Nix for whoever uses the flake: those of `nix.conf`, by their names; Nix asks before it takes most. */
export interface NixConfig {
  readonly 'extra-substituters'?: string | readonly string[];
  readonly 'extra-trusted-public-keys'?: string | readonly string[];
  readonly 'extra-experimental-features'?: string | readonly string[];
  readonly substituters?: string | readonly string[] | undefined;
  readonly 'trusted-public-keys'?: string | readonly string[];
  readonly 'experimental-features'?: string | readonly string[];
  readonly 'allow-import-from-derivation'?: boolean;
  readonly 'bash-prompt'?: string;
  readonly 'bash-prompt-prefix'?: string;
  readonly 'bash-prompt-suffix'?: string;
  readonly 'commit-lock-file-summary'?: string;
  readonly 'flake-registry'?: string;
  readonly [setting: string]: NixSetting | undefined;
}

/** What there is to write beside the outputs of a flake; an error for each value that is no literal. */
export function flakeLiterals(
  flake: IConstruct & { readonly position: Position | undefined },
  props: { description?: unknown; nixConfig?: unknown },
): FlakeLiterals {
  const { description, nixConfig = {} } = props;
  const isText = typeof description === 'string';
  if (!isText && description !== undefined) {
    refuse('description', ['description'], 'the description of the flake', description, 'write a JavaScript string');
  }
  if (typeof nixConfig !== 'object' || nixConfig === null || Array.isArray(nixConfig) || isExpr(nixConfig)) {
    refuse('nix-config', ['nixConfig'], 'nixConfig', nixConfig, 'write an object of settings by their names');
    return isText ? { description } : {};
  }
  const given = Object.entries(nixConfig).filter(([, value]) => value !== undefined);
  for (const [name, value] of given) {
    if (isSetting(value)) continue;
    const wrong = Array.isArray(value) ? value.find((one) => typeof one !== 'string') : value;
    const help = 'write strings, whole numbers, booleans or lists of strings as they are';
    refuse('nix-config', ['nixConfig', name], `the setting ${quoted(name)} of nixConfig`, wrong, help);
  }
  const sound = given.filter((pair): pair is [string, NixSetting] => isSetting(pair[1]));
  return { ...(isText && { description }), ...(sound.length && { nixConfig: Object.fromEntries(sound) }) };

  function refuse(code: string, place: Place, what: string, value: unknown, help: string): void {
    const message = `${what} is ${inWords(value)}, which flake.nix cannot have there`;
    addError(flake, { code, message, position: propOf(flake.position, place), help });
  }
}

function isSetting(value: unknown): value is NixSetting {
  if (Array.isArray(value)) return value.every((one) => typeof one === 'string');
  return typeof value === 'string' || typeof value === 'boolean' || Number.isSafeInteger(value);
}

function inWords(value: unknown): string {
  if (isExpr(value)) return 'a Nix expression';
  if (typeof value === 'number') return String(value);
  if (value === null) return 'null';
  return Array.isArray(value) ? 'a list' : `a JavaScript ${typeof value}`;
}
