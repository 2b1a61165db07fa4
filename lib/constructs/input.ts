import type { Position } from '../diagnostics';
import type { Input } from '../synth/fleet';

/** An input of the flake (Nix manual, "Flake inputs"). */
export interface InputProps {
  /** Where it is: `github:owner/repo/branch`, `path:…`, `git+ssh://…`. */
  readonly url: string;
  /**
   * Inputs of the input that are taken from this flake: names that are the same in both, or its name → ours.
   * @default none
   */
  readonly follows?: readonly string[] | Readonly<Record<string, string>>;
  /**
   * Whether it is a flake.
   * @default true
   */
  readonly flake?: boolean;
}

/** Props with the short form of `follows` spelt out. */
export function declaredInput(props: InputProps, position: Position | undefined): Input {
  const { url, flake = true } = props;
  const follows = typeof props.follows === 'string' ? [props.follows] : (props.follows ?? {});
  const pairs = Array.isArray(follows) ? follows.map((name: string) => [name, name]) : Object.entries(follows);
  return { url, follows: Object.fromEntries(pairs), flake, position };
}
