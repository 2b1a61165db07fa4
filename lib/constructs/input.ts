import { failure, type Position, propOf } from '../diagnostics';
import { quoted } from '../module';
import type { Input } from '../synth/fleet';

/** A second name for another input of the flake. */
export interface SameInputProps {
  /** The name of the other input. */
  readonly sameAs: string;
}

/** An input of the flake (Nix manual, "Flake inputs"). */
export interface InputProps {
  /** Where it is: `github:owner/repo/branch`, `path:…`, `git+ssh://…`. */
  readonly url: string;
  /**
   * Inputs of the input that are taken from this flake: names that are the same in both, or its name → ours. An input of
   * an input, at any depth, is named `'a.inputs.b'`.
   * @default none
   */
  readonly follows?: readonly string[] | Readonly<Record<string, string>> | undefined;
  /**
   * Whether it is a flake.
   * @default true
   */
  readonly flake?: boolean | undefined;
}

/** What an input may be called; an input of an input is not checked by Nix until something follows it. */
const inputName = /^[A-Za-z_][A-Za-z0-9_-]*$/;

/** Whether a name can be that of an input of the flake. */
export function isInputName(name: unknown): name is string {
  return typeof name === 'string' && inputName.test(name) && !['self', 'inputs'].includes(name);
}

/**
 * Props with the short forms spelt out.
 *
 * @param name what the flake calls the input
 * @throws CdknixError `input-url`, `input-follows`, `input-flake`
 */
export function declaredInput(name: string, props: InputProps | SameInputProps, position: Position | undefined): Input {
  if ('sameAs' in props) {
    const sameAs = inputPath(props.sameAs);
    if (sameAs !== undefined) return { url: '', sameAs, follows: new Map(), flake: true, position };
    throw failure({
      code: 'input-follows',
      message: `the input ${quoted(name)} is the same as ${quoted(props.sameAs)}, which is not the name of an input`,
      position,
      help: "write the name of an input of this flake as a string, or 'a.inputs.b' for an input of its input 'a'",
    });
  }
  const { url, flake = true } = props;
  if (typeof url !== 'string' || url === '') {
    throw failure({
      code: 'input-url',
      message: `the input ${quoted(name)} has no URL`,
      position: propOf(position, ['url']),
      help: "say where it is, for example { url: 'github:owner/repo' }",
    });
  }
  if (typeof flake !== 'boolean') {
    throw failure({
      code: 'input-flake',
      message: `flake of the input ${quoted(name)} takes true or false, not ${quoted(flake)}`,
      position: propOf(position, ['flake']),
      help: 'write flake: false for what is no flake',
    });
  }
  return { url, follows: followsOf(name, props.follows ?? {}, position), flake, position };
}

/** Where each input of an input is taken from, by the names that lead to both, with `/` between them as Nix has it. */
function followsOf(name: string, follows: unknown, position: Position | undefined): ReadonlyMap<string, string> {
  const names = typeof follows === 'string' ? [follows] : follows;
  const pairs = Array.isArray(names) ? names.map((one: unknown) => [one, one]) : Object.entries(names as object);
  const targets = new Map<string, string>();
  for (const [theirs, ours] of pairs) {
    const from = inputPath(theirs);
    if (from === undefined) {
      throw refusal(
        `${quoted(theirs)} does not name an input of the input ${quoted(name)}`,
        "write 'b' for an input of it, and 'a.inputs.b' for an input of its input 'a'",
      );
    }
    const to = ours === '' ? '' : inputPath(ours);
    if (to === undefined) {
      throw refusal(
        `'${theirs}' of the input ${quoted(name)} follows ${quoted(ours)}, which is not the name of an input`,
        "write the name of an input of this flake as a string, or 'a.inputs.b' for an input of its input 'a'",
      );
    }
    const other = targets.get(from);
    if (other !== undefined && other !== to) {
      throw refusal(`'${theirs}' of the input ${quoted(name)} follows '${other}' and '${to}'`, 'keep one of them');
    }
    targets.set(from, to);
  }
  for (const from of targets.keys()) {
    const outer = [...targets.keys()].find((one) => from.startsWith(`${one}/`));
    if (outer === undefined) continue;
    throw refusal(
      `'${from}' of the input ${quoted(name)} is to follow '${targets.get(from)}', but all of '${outer}' follows '${targets.get(outer)}'`,
      `let '${outer}' follow nothing, or leave '${from}' out`,
    );
  }
  return targets;

  function refusal(message: string, help: string) {
    return failure({ code: 'input-follows', message, position: propOf(position, ['follows']), help });
  }
}

/** The names on the way to an input of an input, with `/` between them; nothing if a text is no such way. */
function inputPath(text: unknown): string | undefined {
  const names = typeof text === 'string' ? text.split(/\.inputs\.|\//) : [];
  return names.length && names.every((one) => inputName.test(one)) ? names.join('/') : undefined;
}

/** An input that is declared twice, as one; or what the two disagree about. */
export function combinedInput(
  name: string,
  known: Input,
  declared: Input,
): Input | { readonly code: string; readonly message: string } {
  if (known.sameAs !== declared.sameAs) {
    const message = `the input '${name}' is the same as ${known.sameAs ?? declared.sameAs} in one place, and not in another`;
    return { code: 'input-follows', message };
  }
  if (known.url !== declared.url) {
    return { code: 'input-url', message: `the input '${name}' has two URLs: '${known.url}' and '${declared.url}'` };
  }
  if (known.flake !== declared.flake) {
    return { code: 'input-flake', message: `the input '${name}' is a flake in one place, and none in another` };
  }
  for (const [from, to] of declared.follows) {
    const other = known.follows.get(from) ?? to;
    if (other === to) continue;
    const message = `'${from}' of the input '${name}' follows '${other}' in one place, and '${to}' in another`;
    return { code: 'input-follows', message };
  }
  return { ...known, follows: new Map([...known.follows, ...declared.follows]) };
}
