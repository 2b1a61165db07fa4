import type { AttrSet, Expr } from '../../nix';
import { attributeNames } from '../../nix/attribute-names';
import { withoutParens } from '../../nix/walk';
import { commentLines } from '../comments';
import { setOf, setTree } from '../set-tree';
import { Evaluator } from './evaluate';
import { type DeclaredInput, inputsOf } from './inputs';
import { machineModel } from './machine';
import type { FlakeModel, MachineModel, OutputModel, UnreadMachine } from './model';
import { Quoter, Unquotable } from './quote';
import { type Env, given, type MachineKind, type Source, type Thunk, type Value } from './value';

/** The outputs that hold configurations, and what makes these. */
const machineOutputs: Readonly<Record<string, MachineKind>> = {
  nixosConfigurations: 'nixos',
  darwinConfigurations: 'darwin',
  homeConfigurations: 'home',
};

/**
 * Reads a flake from its code alone.
 *
 * @returns nothing, where `flake.nix` is no flake
 */
export function readFlake(source: Source): FlakeModel | undefined {
  const tree = source.parse('flake.nix');
  const top = tree && withoutParens(tree);
  if (top?.kind !== 'set' || top.rec) return undefined;
  const flake = setTree(top);
  const outputs = flake.members.get('outputs');
  const fn = outputs?.is === 'value' ? withoutParens(outputs.value) : undefined;
  if (fn?.kind !== 'lambda') return undefined;
  const asked = fn.pattern?.formals.map(({ name }) => name) ?? [];
  const inputs = inputsOf(flake, asked);
  const evaluator = new Evaluator(source);
  const env: Env = { folder: '', names: new Map() };
  const value = evaluator.call({ kind: 'function', at: { expr: fn, env } }, given(inputsValue(inputs)));
  const description = textOf(flake.members.get('description'));
  const nixConfig = memberSet(flake.members.get('nixConfig'));
  return {
    ...(description !== undefined && { description }),
    ...(nixConfig && { nixConfig }),
    inputs,
    ...readOutputs(value, evaluator),
    header: commentLines(tree!.before).filter((line) => line !== ''),
  };
}

/** What the outputs are given: each input is known by its name alone. */
function inputsValue(inputs: readonly DeclaredInput[]): Value {
  const root: Expr = { kind: 'ident', name: 'inputs' };
  const names = inputs.map(({ name }) => name);
  const members = ['self', ...names].map((name): [string, Thunk] => [
    name,
    given({ kind: 'unknown', code: { kind: 'select', of: root, path: [{ kind: 'name', name }] } }),
  ]);
  return { kind: 'set', members: new Map(members), code: root };
}

function readOutputs(
  value: Value,
  evaluator: Evaluator,
): { machines: MachineModel[]; unread: UnreadMachine[]; outputs: OutputModel[] } {
  const machines: MachineModel[] = [];
  const unread: UnreadMachine[] = [];
  const outputs: OutputModel[] = [];
  if (value.kind !== 'set') {
    unread.push({ output: 'outputs', because: 'the outputs are computed' });
    return { machines, unread, outputs };
  }
  const quoter = new Quoter(evaluator);
  for (const [output, thunk] of value.members) {
    if (Object.hasOwn(machineOutputs, output)) readMachines(output, thunk);
    else {
      try {
        outputs.push({ name: output, code: quoter.code(thunk) });
      } catch (error) {
        if (!(error instanceof Unquotable)) throw error;
        unread.push({ output, because: 'it needs what stands around it' });
      }
    }
  }
  return { machines, unread, outputs };

  function readMachines(output: string, thunk: Thunk): void {
    const all = evaluator.force(thunk);
    if (all.kind !== 'set') {
      unread.push({ output, because: 'its names are computed' });
      return;
    }
    for (const [name, one] of all.members) {
      const model = machineModel(name, one, evaluator);
      if ('because' in model) unread.push({ output, name, because: model.because });
      else if (model.kind === machineOutputs[output]) machines.push(model);
      else unread.push({ output, name, because: 'it is made by the function of another kind of configuration' });
    }
  }
}

function textOf(member: ReturnType<ReturnType<typeof setTree>['members']['get']>): string | undefined {
  const value = member?.is === 'value' ? withoutParens(member.value) : undefined;
  return value?.kind === 'str' ? attributeNames([{ kind: 'strKey', str: value }])[0] : undefined;
}

function memberSet(member: ReturnType<ReturnType<typeof setTree>['members']['get']>): AttrSet | undefined {
  if (member?.is === 'value') {
    const value = withoutParens(member.value);
    return value.kind === 'set' ? value : undefined;
  }
  return member?.is === 'set' ? setOf(member.tree) : undefined;
}
