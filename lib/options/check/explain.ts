import { isBeside, nearestOptions } from '../nearest';
import { formOf, type Property } from '../shape';
import { showTypeBriefly } from '../show-type';
import { mayBeSecret, oneOf, showPath, showProperty, showValue } from '../show-value';
import { memberOf, type OptionTree } from '../type';
import { hintFor, isOutOfRange } from './hints';
import type { Problem } from './problem';
import type { Finding, Place } from './state';

/** So many unknown names get proposals in one run; who has more has another problem. */
const mostProposals = 200;

/** The findings of a check in words. */
export function explained(findings: readonly Finding[], root: OptionTree): Problem[] {
  let proposals = 0;
  return findings.map((finding) => {
    const { option, place, renamedTo } = finding;
    const searched = finding.what === 'unknown' && proposals++ < mostProposals ? root : undefined;
    return { ...wordsOf(finding, searched), option, place, ...(renamedTo !== undefined && { renameTo: renamedTo }) };
  });
}

type Words = Pick<Problem, 'code' | 'message' | 'help' | 'isSlip'>;

function wordsOf(finding: Finding, root: OptionTree | undefined): Words {
  const name = showPath(finding.option);
  switch (finding.what) {
    case 'unknown':
      return unknown(finding, root);
    case 'type':
      return wrongValue(finding);
    case 'group':
      return notAGroup(finding);
    case 'misplaced':
      return misplaced(name, finding.shape as Property);
    case 'ordered': {
      const order = showProperty(finding.shape as Property);
      return {
        code: 'option-type',
        message: `${order} around ${name}, which has no order: Nix fails for it`,
        help: `leave ${order} out, or put it around a list inside`,
      };
    }
    case 'required':
      return {
        code: 'option-required',
        message: `${name} lacks ${finding.required!.map(showPath).join(', ')}`,
        help: `add ${finding.required!.map((path) => `${showPath(path)}: …`).join(', ')}`,
      };
    case 'read-only':
      return {
        code: 'option-read-only',
        message: `${name} is read-only`,
        help: 'refer to it, and set the options that it is made of',
      };
    case 'renamed':
      return {
        code: 'option-renamed',
        message: `${name} has a new name`,
        help: `write ${showPath(finding.renamedTo!)}`,
      };
    case 'removed':
      return {
        code: 'option-removed',
        message: `${name} was removed`,
        help: 'leave it out; the release notes of the module system say what takes its place',
      };
  }
}

function misplaced(name: string, outer: Property): Words {
  const shown = showProperty(outer);
  return {
    code: 'option-type',
    message: `${shown} around ${name} holds a condition, a merge or a priority, which Nix does not see there`,
    help: `turn them round: mkIf(condition, ${shown}(value))`,
  };
}

function unknown({ option, group, shape }: Finding, root: OptionTree | undefined): Words {
  return {
    code: 'option-unknown',
    message: `there is no option ${showPath(option)}`,
    help: 'look its name up in the manual of the module system',
    ...(root && proposal(option, group!, shape, root)),
  };
}

function proposal(
  option: Place,
  group: OptionTree,
  shape: unknown,
  root: OptionTree,
): Pick<Words, 'help' | 'isSlip'> | undefined {
  const name = String(option.at(-1));
  const path = option.map(String);
  const dotted = nested(name, group);
  if (dotted) return { help: `a name in quotes is one name, not a path; nest the names: { ${dotted}`, isSlip: true };
  const below = formOf(shape as never) === 'set' ? Object.keys(shape as object) : [];
  const near = nearestOptions(path, group, below, root);
  if (near.length) return { help: `did you mean ${oneOf(near.map(showPath))}?`, isSlip: isBeside(path, near[0]!) };
  const names = Object.keys(group);
  if (names.length > 8 || path.length === 1) {
    return { help: 'look its name up; if a module of your flake declares it, cdknix import reads its options' };
  }
  return names.length ? { help: `${showPath(option.slice(0, -1))} takes ${names.join(', ')}` } : undefined;
}

/** A dotted name as the objects that it should be, if they lead somewhere. */
function nested(name: string, group: OptionTree): string | undefined {
  const names = name.split('.');
  if (names.length === 1 || memberOf(group, names[0]!) === undefined) return undefined;
  return `${names.join(': { ')}: …${' }'.repeat(names.length)}`;
}

/** Longer than a person reads in one message. */
const longestType = 160;

function wrongValue({ option, shape, type }: Finding): Words {
  const sentence = showTypeBriefly(type!);
  const taken = sentence.length > longestType ? `${sentence.slice(0, longestType)}…` : sentence;
  const hint = hintFor(type!, shape);
  const tells = mayBeSecret(shape, option) && textsIn(shape).some((text) => hint?.includes(text));
  return {
    code: isOutOfRange(type!, shape) ? 'option-value' : 'option-type',
    message: `${showPath(option)} takes ${taken}, not ${showValue(shape, option)}`,
    help: hint === undefined || tells ? 'write such a value, or an expression that gives one' : hint,
  };
}

/** What of a value a hint may repeat. */
function textsIn(shape: unknown): string[] {
  if (Array.isArray(shape)) return shape.length === 1 ? textsIn(shape[0]) : [];
  return typeof shape === 'string' || typeof shape === 'number' ? [String(shape)] : [];
}

function notAGroup({ option, group, shape }: Finding): Words {
  const enable = typeof shape === 'boolean' && memberOf(group!, 'enable') !== undefined;
  const some = Object.keys(group!).slice(0, 3);
  return {
    code: 'option-type',
    message: option.length
      ? `${showPath(option)} is a group of options, and was given ${showValue(shape, option)}`
      : `definitions are a set of options, not ${showValue(shape, option)}`,
    help: enable ? `write { enable: ${shape} }` : `write { ${some.map((name) => `${name}: …`).join(', ')} }`,
  };
}
