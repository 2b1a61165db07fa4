import { attributeNames } from '../../nix/attribute-names';
import type { NixError } from './nix-error';
import type { OutputFiles } from './output-files';
import type { NixProblem } from './problem';
import { linesOf } from './text';

/** The inputs of a flake: their URLs by name. */
export type Inputs = ReadonlyMap<string, string>;

/** What Nix objects to, if it is that it cannot get an input of the flake (Nix, src/libflake and src/libfetchers). */
export function problemOfInput(error: NixError, inputs: Inputs): NixProblem | undefined {
  const { message, frames } = error;
  const input = inputMeant(error, inputs);
  const which = input === undefined ? 'an input' : `the input '${input}'`;
  const about = input === undefined ? {} : { input };
  if (isNoFlake.test(message)) {
    return {
      ...about,
      code: 'nix-input',
      message: `${which} is no flake: it has no flake.nix`,
      help: 'if it is to be none, say so: { url: …, flake: false }',
    };
  }
  if (isOther.test(message)) {
    return {
      ...about,
      code: 'nix-input',
      message: `${which} is not what flake.lock says`,
      help: `if the change is expected, lock it anew: nix flake update ${input ?? '<name>'}`,
      notes: linesOf(message),
    };
  }
  const isOnTheWay = frames.some(({ text }) => isFetching.test(text));
  if (!isUnfetched.test(message) && !isOnTheWay && !(input !== undefined && isNoFile.test(message))) return undefined;
  return {
    ...about,
    code: 'nix-fetch',
    message: `${which} cannot be fetched`,
    help: `connect to the network, correct its URL, or say where a copy of it is: --override-input ${input ?? '<name>'} path:<folder>`,
    notes: linesOf(message),
  };
}

const isNoFlake =
  /does not contain a '?[^']*flake\.nix'? file|^(?:getting status of|path|opening file) '[^']*\/flake\.nix'.*(?:No such file|does not exist)/;
const isOther = /NAR hash mismatch in input|hash mismatch in (?:file downloaded from|input)/;
const isFetching = /^while (?:fetching the (?:flake )?input|updating the flake input) '/;
const isNoFile = /^(?:getting status of|path|opening file) '.+?'.*(?:No such file or directory|does not exist)/;
const isUnfetched =
  /unable to download|could not resolve|cannot fetch|unable to access|failed to fetch|cannot find flake|program 'git' failed|unsupported tarball|^input '.+' is unsupported|is not a valid URL|has unsupported parameter/is;

/** The input that an error is about: by its name, or else by its URL. */
function inputMeant({ message, frames }: NixError, inputs: Inputs): string | undefined {
  for (const { text } of frames) {
    const [, path = ''] = /^while updating the flake input '([^']+)'/.exec(text) ?? [];
    const [name] = path.split('/');
    if (name !== undefined && inputs.has(name)) return name;
  }
  const said = [message, ...frames.map((one) => one.text).filter((text) => isFetching.test(text))].join('\n');
  const named = [...inputs].filter(([, url]) => partsOf(url).some((part) => said.includes(part)));
  // Several inputs may be of one repository, each of a branch of its own.
  const ofBranch = named.filter(([, url]) => hasWord(said, branchOf(url)));
  if (named.length) return longest(ofBranch.length ? ofBranch : named);
  const ofGit = [...inputs].filter(([, url]) => url.startsWith('git+'));
  return /program 'git' failed/.test(said) && ofGit.length === 1 ? ofGit[0]![0] : undefined;
}

/** Inputs may be parts of one repository, or one's URL the start of another's. */
function longest(inputs: readonly (readonly [name: string, url: string])[]): string {
  return inputs.reduce((one, other) => (other[1].length > one[1].length ? other : one))[0];
}

/** What of a URL is in messages: the address without the scheme, or the repository as the host's own URLs have it. */
function partsOf(url: string): string[] {
  const [, scheme = '', rest = ''] = /^(?:([\w+.-]+):)?(?:\/\/)?([^?#]*)/.exec(url) ?? [];
  const [owner = '', repo = ''] = rest.split('/');
  if (scheme === 'github' || scheme === 'sourcehut') return [url, `${owner}/${repo}/`, `${owner}/${repo}'`];
  if (scheme === 'gitlab') return [url, `${owner}%2F${repo}/`];
  return rest.length > 3 ? [url, rest] : [url];
}

/** The branch or revision in a URL of a forge. */
function branchOf(url: string): string | undefined {
  return /^(?:github|gitlab|sourcehut):[^/]+\/[^/]+\/([^?#]+)/.exec(url)?.[1];
}

function hasWord(text: string, word: string | undefined): boolean {
  return word !== undefined && text.split(/[^\w.-]+/).includes(word);
}

/** The inputs that `flake.nix` declares. */
export function inputsIn(files: OutputFiles): Inputs {
  const tree = files.tree('flake.nix');
  const inputs = new Map<string, string>();
  const items = tree?.kind === 'set' ? tree.items : [];
  for (const item of items) {
    if (item.kind !== 'binding' || attributeNames(item.path)[0] !== 'inputs') continue;
    for (const one of item.value.kind === 'set' ? item.value.items : []) {
      if (one.kind !== 'binding') continue;
      const [name, ...more] = attributeNames(one.path);
      const members = one.value.kind === 'set' ? one.value.items : [];
      const member = members.find((inner) => inner.kind === 'binding' && attributeNames(inner.path)[0] === 'url');
      const url = more.length ? one.value : member?.kind === 'binding' ? member.value : undefined;
      const [text] = url?.kind === 'str' ? url.parts : [];
      if (name !== undefined && text?.kind === 'text') inputs.set(name, text.value);
    }
  }
  return inputs;
}
