import type { Diagnostic } from '../../diagnostics';
import type { LeftOut } from '../../options/dump-steps';
import { optionAt } from '../../options/option-at';
import { showPath } from '../../options/show-value';
import { isOption, type OptionTree } from '../../options/type';
import { readNixOutput } from '../nix-error/nix-error';
import type { Evaluated, LeftOutModule } from './evaluate';

/** What an import could not evaluate, as warnings that name it and its file. */
export function leftOutWarnings(
  { leftOut, leftOutModules, options }: Evaluated,
  near: (message: string) => string = (text) => text,
): Diagnostic[] {
  return [
    ...leftOutModules.map(({ name, stderr }) => moduleWarning(name, stderr, near)),
    ...leftOut.map((one) => optionWarning(one, options, near)),
  ];
}

function moduleWarning(name: LeftOutModule['name'], stderr: string, near: (message: string) => string): Diagnostic {
  return {
    code: 'import-left-out',
    severity: 'warning',
    message: `the module ${near(name)} cannot be evaluated, and is left out with all its options`,
    related: reasonOf(stderr, near),
    help: 'what sets them is refused as unknown: mend the module, or tell who keeps it',
  };
}

function optionWarning({ place, part, stderr }: LeftOut, options: OptionTree, near: (message: string) => string) {
  const file = declaringFile(place, options);
  return {
    code: 'import-left-out',
    severity: 'warning',
    message: `${parts[part]} ${nameOf(place)} cannot be evaluated, and is left out${file === undefined ? '' : ` (${file})`}`,
    related: reasonOf(stderr, near),
    help: part === 'type' || part === 'member' ? 'any value is taken for it' : 'the rest of the option is known',
  } as const;
}

const parts: Record<LeftOut['part'], string> = {
  member: 'the declaration of',
  type: 'the type of',
  default: 'the default of',
  facts: 'what else is known of',
  description: 'the description of',
  example: 'the example of',
};

/** A path in which placeholders stand for names of the user's own: they are no names, and have no quotes. */
function nameOf(place: LeftOut['place']): string {
  return place.map((name) => (/^(\*|<.*>)$/.test(name) ? name : showPath([name]))).join('.');
}

/** The file that declares an option, or the one that it is in. */
function declaringFile(place: LeftOut['place'], options: OptionTree): string | undefined {
  for (let end = place.length; end > 0; end--) {
    const { known, is } = optionAt(options, place.slice(0, end), () => ({}));
    if (is !== 'nothing' && isOption(known) && known[1]?.file !== undefined) return known[1].file;
  }
  return undefined;
}

/** Nix's message, and the place that it names. */
function reasonOf(stderr: string, near: (message: string) => string): { message: string }[] {
  const { error } = readNixOutput(stderr);
  if (!error) return [];
  const [first = ''] = error.message.split('\n');
  const at = error.at ?? error.frames.find((frame) => frame.at)?.at;
  const where = at && !at.file.startsWith('«string»') ? ` at ${at.file}:${at.line}:${at.column}` : '';
  return [{ message: near(`error: ${first}${where}`) }];
}
