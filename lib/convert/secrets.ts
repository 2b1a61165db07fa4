import type { Expr } from '../nix';
import { attributeNames } from '../nix/attribute-names';
import { pushChildren } from '../nix/walk';
import { bundledTable } from '../options/bundled';
import type { ModuleClass } from '../options/config';
import { passwordsByUser, quotedSecretsIn, secretAt, secretsIn } from '../redaction';
import { mayBeSecret, remedyFor, secretForOption } from '../synth/check/secret-option';
import { keepOnMachine } from '../synth/check/secret-problem';
import { allComments } from './all-comments';

/** What must not get into more files. */
export interface HeldSecret {
  /** What it is, and that it stands there. */
  readonly message: string;
  /** What to do instead. */
  readonly remedy: string;
  /** Where it starts in the code; absent in a comment. */
  readonly at?: number;
}

/**
 * The first secret that some code holds, certain or likely, as synth judges the values of options; in comments as well.
 * Passwords that are there to be changed at once are none, nor is what may be one in the example of an option.
 */
export function secretIn(tree: Expr, of: ModuleClass): HeldSecret | undefined {
  const systems = (one: ModuleClass) => bundledTable(one).options;
  const stack: (readonly [node: Expr, path: readonly string[]])[] = [[tree, []]];
  for (let next = stack.pop(); next; next = stack.pop()) {
    const [node, path] = next;
    if (node.kind === 'str' || node.kind === 'indented') {
      const text = node.parts.map((part) => (part.kind === 'text' ? part.value : '')).join('');
      const isWhole = node.parts.every((part) => part.kind === 'text');
      const found = byForm(text, path) ?? (isWhole ? byName(text, path) : undefined);
      if (found) return { ...found, ...(node.pos && { at: node.pos.start }) };
    }
    stack.push(...insideOf(node, path));
  }
  return inComments(tree);

  function byForm(text: string, path: readonly string[]): HeldSecret | undefined {
    const found = secretsIn(text).find(({ isCertain }) => isCertain || !isExample(path));
    return found && { message: `it holds ${found.what} in plain text`, remedy: remedyFor(path, systems(of), systems) };
  }

  function byName(text: string, path: readonly string[]): HeldSecret | undefined {
    if (!mayBeSecret(path) || isExample(path) || isInitial(path)) return undefined;
    const found = secretForOption(text, path, systems(of), systems);
    return found && { message: found.message, remedy: found.remedy };
  }
}

const isExample = (path: readonly string[]) => path.includes('example') || path.at(-1) === 'description';
const isInitial = (path: readonly string[]) => path.at(-2) !== passwordsByUser && secretAt(path) === 'initial';

/** What is in a node, with the names on the way: what a function is given is at the place of what it gives. */
function insideOf(node: Expr, path: readonly string[]): (readonly [Expr, readonly string[]])[] {
  const inner: Expr[] = [];
  pushChildren(node, inner);
  const own = new Map<Expr, readonly string[]>();
  for (const item of 'items' in node && node.kind !== 'list' ? node.items : []) {
    if (item.kind !== 'binding') continue;
    const names = attributeNames(item.path).map((one) => one ?? '');
    // Variables are no options of what is around them.
    const around = node.kind === 'set' ? path : [];
    own.set(item.value, !around.length && names[0] === 'config' ? names.slice(1) : [...around, ...names]);
  }
  return inner.map((one) => [one, own.get(one) ?? path] as const);
}

function inComments(tree: Expr): HeldSecret | undefined {
  for (const { text } of allComments(tree)) {
    if (secretsIn(text).length || quotedSecretsIn(text).length)
      return { message: 'a comment holds what looks like a secret', remedy: keepOnMachine };
  }
  return undefined;
}
