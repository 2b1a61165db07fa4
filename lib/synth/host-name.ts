import { type Contribution, type Definition, File, isExpr } from '../module';
import { EXPR, type Expr as Node } from '../nix';
import type { Assets } from './assets';
import { definitionIn } from './definition-in';
import { memberAt } from './definitions';
import type { HostModel } from './fleet';
import { generatedDefinition } from './sourced-contribution';

const name = ['networking', 'hostName'] as const;
const domain = ['networking', 'domain'] as const;

/**
 * The host's name on the network, unless the host, a feature or a file that they import says it. An id that is a fully
 * qualified name is a name and a domain: `networking.hostName` of NixOS takes no dots.
 */
export function hostNameOf(host: HostModel, assets: Assets): Definition[] {
  const says = (find: Find, option: readonly string[]) =>
    [host.module, ...host.parts.map((part) => part.module)].some((module) =>
      isSaid(module, option, find, assets, host.path),
    );
  if (host.hostName === null) return [];
  if (host.hostName !== undefined) {
    return [generatedDefinition({ networking: { hostName: host.hostName } }, 'the hostName of the host', [host])];
  }
  if (says(hasName, name)) return [];
  const [label, ...rest] = host.name.split('.');
  const ofId = (networking: object) => generatedDefinition({ networking }, 'the id of the host', [host]);
  return [
    ofId({ hostName: label }),
    ...(rest.length && !says(hasDomain, domain) ? [ofId({ domain: rest.join('.') })] : []),
  ];
}

/** Asks the code of a module. */
type Find = (tree: Node) => true | undefined;

const saidIn =
  (option: readonly string[]): Find =>
  (tree) => {
    const value = definitionIn(tree, option);
    return value && !isConditional(value) ? true : undefined;
  };

// One for each option: what they come to is remembered by them.
const hasName = saidIn(name);
const hasDomain = saidIn(domain);

function isSaid(module: Contribution, option: readonly string[], find: Find, assets: Assets, path: string): boolean {
  const isOwn = module.definitions.some(({ config }) => {
    const value = memberAt(config, option);
    return value !== undefined && !(isExpr(value) && isConditional(value[EXPR]));
  });
  return (
    isOwn ||
    module.imports.some(({ module: imported }) =>
      imported instanceof File ? assets.findIn(imported, path, find) : find(imported[EXPR]),
    )
  );
}

/** Whether only Nix knows if there is a definition at all. */
function isConditional(node: Node): boolean {
  if (node.kind !== 'apply') return false;
  const { fn } = node;
  const last = fn.kind === 'select' ? fn.path.at(-1) : undefined;
  const called = fn.kind === 'ident' ? fn.name : last?.kind === 'name' ? last.name : undefined;
  return called === 'mkIf' || called === 'mkMerge';
}
