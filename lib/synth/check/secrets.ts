import { type Diagnostic, leafOf, redactedPosition } from '../../diagnostics';
import type { ModuleClass } from '../../options/config';
import type { Fill } from '../../options/shape';
import { showPath } from '../../options/show-value';
import { mayNameSecret, type SecretText, secretsIn } from '../../redaction';
import type { Assets } from '../assets';
import type { Fleet } from '../fleet';
import type { Copy } from '../output';
import { secretsInCopy } from './copies';
import type { OptionsOf } from './known-options';
import { mayBeSecret, remedyFor, secretForOption } from './secret-option';
import { keepOnMachine, type SecretProblem, secretDiagnostic } from './secret-problem';
import { eachText, kept, type Spot, spotsOf } from './value-texts';
import { type WrittenValue, writtenValues } from './written-values';

/** More than this are no slip, and a longer list helps nobody. */
const most = 50;

/**
 * Secrets that would be written in plain text: what a flake says is copied to the Nix store, where everybody can read it.
 *
 * The output is searched, so that nothing gets past; what is found in it is then looked for in what the constructs say.
 *
 * @param files the output, by path
 */
export function checkSecrets(
  fleet: Fleet,
  files: ReadonlyMap<string, string | Copy>,
  assets: Assets,
  optionsOf: OptionsOf,
  fill: Fill,
): Diagnostic[] {
  const found = new Map<string, SecretProblem>();
  const systems = (of: ModuleClass) => optionsOf(of).options;
  let said: readonly WrittenValue[] | undefined;
  const all = () => (said ??= [...writtenValues(fleet)]);
  let mayBeNamed = false;
  for (const [file, content] of files) {
    if (found.size >= most) break;
    if (typeof content === 'string') {
      mayBeNamed ||= mayNameSecret.test(content);
      for (const secret of secretsIn(content).slice(0, most)) addSources(secret, file);
    } else for (const one of secretsInCopy(content.source, assets, systems)) add(one);
  }
  if (mayBeNamed) for (const one of all()) addNamed(one);
  return [...found.values()].slice(0, most).map(secretDiagnostic);

  /** What stands at one place is one problem, however often and in whatever way it was found. */
  function add(problem: SecretProblem, spot?: Spot): void {
    const { path, position, message } = problem;
    const key = JSON.stringify([path, position, position ? spot?.place : message]);
    if (!found.has(key)) found.set(key, problem);
  }

  function addSources({ what, text, isCertain }: SecretText, file: string): void {
    let isKnown = false;
    for (const one of all()) {
      for (const spot of spotsOf(one.value, text, fill)) {
        isKnown = true;
        // A name may be what is secret.
        const shown = spot.option.some((name) => String(name).includes(text)) ? 'this' : shownAt(one, spot);
        const remedy = one.remedy ?? (one.of ? remedyFor(spot.option, systems(one.of), systems) : keepOnMachine);
        add({ isCertain, message: `${shown} holds ${what} in plain text`, remedy, ...placeOf(one, spot) }, spot);
      }
    }
    if (isKnown) return;
    add({ isCertain, message: `${file} would hold ${what} in plain text`, path: 'the flake', remedy: keepOnMachine });
  }

  function addNamed(one: WrittenValue): void {
    const { of } = one;
    if (!of) return;
    eachText(one.value, fill, (text, spot) => {
      const problem = mayBeSecret(spot.option) && secretForOption(text, kept(spot).option, systems(of), systems);
      if (problem) add({ ...problem, ...placeOf(one, spot) }, kept(spot));
    });
  }
}

function shownAt({ name }: WrittenValue, { option }: Spot): string {
  if (name === undefined) return option.length ? showPath(option) : 'this module';
  return option.length ? `${showPath(option)} in ${name}` : name;
}

function placeOf(
  { path, position, within = [] }: WrittenValue,
  { place }: Spot,
): Pick<SecretProblem, 'path' | 'position'> {
  const way = place.slice(within.length);
  return { path, position: redactedPosition(leafOf(position, way), way.at(-1)) };
}
