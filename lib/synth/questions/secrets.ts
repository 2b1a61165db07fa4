import { type Expr, exprOf, fromJs, print, type Text } from '../../nix';
import { mapChildren } from '../../nix/children';
import { asItIs } from '../../options/resolve/leaves';
import { type Outcome, type Some, withCode } from '../../options/resolve/outcome';
import { Opaque } from '../../options/shape';
import type { Data } from '../../options/type';
import { isNamedSecret, secretsIn } from '../../redaction';

type Path = readonly (string | number)[];

/** What stands for what must not be shown. */
export const hidden = '<hidden>';

const text = (value: string): Text => ({ kind: 'text', value });

/** Whether a text for an option must not be shown. */
function isSecret(text: string, option: Path): boolean {
  if (secretsIn(text).length) return true;
  return isNamedSecret(
    option.filter((one) => typeof one === 'string'),
    text,
  );
}

/** JSON without what may be a secret. */
export function withoutSecretsIn(value: unknown, option: Path): unknown {
  if (typeof value === 'string') return isSecret(value, option) ? hidden : value;
  if (Array.isArray(value)) return value.map((one) => withoutSecretsIn(one, option));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [name, withoutSecretsIn(one, [...option, name])]),
  );
}

/** The Nix text of a value for an option, without what may be a secret. */
export function codeOf(value: unknown, option: Path): string {
  // What is inherited has no code of its own.
  if (value instanceof Opaque) return '…';
  return print(withoutSecrets(exprOf(value) ?? fromJs(value, { dotted: true }), option)).trim();
}

/** An outcome without what may be a secret. */
export function shownOutcome(outcome: Outcome, option: Path): Outcome<string> {
  return withCode(masked(outcome, option) as Outcome, (code) => codeOf(code, option));
}

/** A value as JSON, if it is plain data and none of it may be a secret. */
export function dataOf(value: unknown, option: Path): { readonly value: Data } | undefined {
  return dataIn(
    masked(
      asItIs(value, () => undefined),
      option,
    ),
  );
}

function dataIn(outcome: Outcome | Some): { readonly value: Data } | undefined {
  if (outcome.is === 'value') return { value: outcome.value };
  if (outcome.is === 'list') {
    const items = outcome.items.flatMap((one) => dataIn(one) ?? []);
    return items.length === outcome.items.length ? { value: items.map((one) => one.value) } : undefined;
  }
  if (outcome.is !== 'set' || outcome.more) return undefined;
  const members = outcome.members.flatMap(([name, one]) => {
    const data = dataIn(one);
    return data ? [[name, data.value] as const] : [];
  });
  return members.length === outcome.members.length ? { value: Object.fromEntries(members) } : undefined;
}

function masked(outcome: Outcome | Some, option: Path): Outcome | Some {
  const inner = (one: Outcome | Some) => masked(one, option);
  switch (outcome.is) {
    case 'value': {
      const { value } = outcome;
      return typeof value === 'string' && isSecret(value, option) ? { is: 'open', because: 'secret' } : outcome;
    }
    case 'list':
      return { ...outcome, items: outcome.items.map(inner) };
    case 'joined':
      return { ...outcome, pieces: outcome.pieces.map(inner) };
    case 'set':
      return {
        ...outcome,
        members: outcome.members.map(([name, one]) => [name, masked(one, [...option, name]) as Outcome]),
      };
    default:
      return outcome;
  }
}

function withoutSecrets(node: Expr, option: Path): Expr {
  switch (node.kind) {
    case 'str':
    case 'indented': {
      const texts = node.parts.flatMap((part) => (part.kind === 'text' ? [part.value] : []));
      return texts.some((text) => isSecret(text, option))
        ? { kind: 'str', parts: [text(hidden)] }
        : inside(node, option);
    }
    case 'set':
      return {
        ...node,
        items: node.items.map((item) => {
          if (item.kind !== 'binding') return item;
          const names = item.path.flatMap((key) => (key.kind === 'name' ? [key.name] : []));
          return { ...item, value: withoutSecrets(item.value, [...option, ...names]) };
        }),
      };
    default:
      return inside(node, option);
  }
}

function inside(node: Expr, option: Path): Expr {
  return mapChildren(node, (child) => withoutSecrets(child, option));
}
