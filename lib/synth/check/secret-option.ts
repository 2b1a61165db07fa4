import { leafOf, type Position, redactedPosition } from '../../diagnostics';
import type { Surroundings } from '../../options/check/check';
import { optionAt } from '../../options/option-at';
import { showPath } from '../../options/show-value';
import { isOption, memberOf, type Option, type OptionTree, type OptionType } from '../../options/type';
import { isPlainSecret, passwordsByUser, secretName } from '../../redaction';
import { getOrInsert } from '../get-or-insert';
import { keepOnMachine, type SecretProblem } from './secret-problem';

type Path = readonly (string | number)[];
type OptionsOf = NonNullable<Surroundings['optionsOf']>;

const known = new Map<string | number, ReturnType<typeof secretName>>();

/** What the last name of an option says; few names are many options. */
function kindOf(path: Path): ReturnType<typeof secretName> {
  const name = path.at(-1);
  if (typeof name !== 'string') return undefined;
  if (path.at(-2) === passwordsByUser) return 'initial';
  return getOrInsert(known, name, () => secretName(name));
}

/** The option that says what a text is for: that of the text, or the one whose member it is. */
const namingOption = (path: Path) => (path.at(-2) === passwordsByUser ? path.slice(0, -1) : path);

/** Whether the name of an option says that it takes secrets. */
export function mayBeSecret(path: Path): boolean {
  return kindOf(path) !== undefined;
}

/** Where a definition stands; the line of an option that takes secrets is not shown. */
export function shownLeaf(position: Position | undefined, place: Path, option: Path): Position | undefined {
  const leaf = leafOf(position, place);
  return mayBeSecret(option) ? redactedPosition(leaf, place.at(-1)) : leaf;
}

/** A secret that an option is given, told by the names of the option; nothing if it seems to be none. */
export function secretForOption(
  text: string,
  path: Path,
  options: OptionTree,
  optionsOf: OptionsOf,
): Pick<SecretProblem, 'message' | 'isCertain' | 'remedy'> | undefined {
  const kind = kindOf(path);
  if (!kind || path.some((one) => isElsewhere.test(String(one)))) return undefined;
  const [type, facts] = namedAt(namingOption(path), options, optionsOf)?.option ?? [];
  const isKnown = type !== undefined && (isText(type) || isTexts(type));
  // What everybody has by default is no secret.
  if (facts?.removed || facts?.default === text || !isPlainSecret(text, isKnown && kind !== 'likely')) return undefined;
  return {
    isCertain: isKnown && kind === 'password',
    message: `${showPath(path)} ${isKnown && kind !== 'likely' ? 'is a password' : 'looks like a secret'} in plain text`,
    remedy: remedyFor(path, options, optionsOf),
  };
}

/** The option of just this name, with those beside it: an attribute by any name is none. */
function namedAt(
  path: Path,
  options: OptionTree,
  optionsOf: OptionsOf,
): { readonly option: Option; readonly beside: OptionTree } | undefined {
  const { is, known, beside } = optionAt(options, path, optionsOf);
  return is !== 'nothing' && beside && isOption(known) ? { option: known, beside } : undefined;
}

/** What to do instead of giving an option a secret. */
export function remedyFor(path: Path, options: OptionTree, optionsOf: OptionsOf): string {
  const naming = namingOption(path);
  const name = naming.at(-1);
  const beside = namedAt(naming, options, optionsOf)?.beside;
  if (!beside) return keepOnMachine;
  if (name === 'psk' && path[1] === 'wireless' && memberOf(beside, 'pskRaw')) {
    return "set pskRaw to 'ext:<name>' instead, and networking.wireless.secretsFile to a file that sops-nix or agenix puts on the machine";
  }
  const file = forms(String(name)).find((one) => isInUse(beside, one));
  return file ? `set ${file} instead, to a file that sops-nix or agenix puts on the machine` : keepOnMachine;
}

/** How options are named that take the path of a file with what another one takes as text. */
const forms = (name: string) => [
  `hashed${name[0]!.toUpperCase()}${name.slice(1)}File`,
  `${name.replace(/^initial/, 'hashed')}File`,
  `${name}File`,
  `${name}_file`,
  `${name}-file`,
  `${name}Path`,
];

function isInUse(beside: OptionTree, name: string): boolean {
  const member = memberOf(beside, name);
  const facts = Array.isArray(member) ? member[1] : undefined;
  return member !== undefined && !facts?.removed && facts?.renamedTo === undefined;
}

/** A machine to try things on, and names of commands. */
const isElsewhere = /^vmVariant|aliases$/i;

/** Whether an option takes texts by name. */
function isTexts(type: OptionType): boolean {
  return typeof type === 'object' && type.kind === 'attrsOf' && isText(type.of);
}

/** Whether an option takes one text. */
function isText(type: OptionType): boolean {
  if (typeof type === 'string') return type === 'str';
  switch (type.kind) {
    case 'str':
      return true;
    case 'nullOr':
    case 'unique':
      return isText(type.of);
    case 'either':
      return type.of.some(isText);
    default:
      return false;
  }
}
