import type { Diagnostic } from '../../diagnostics';
import { type Reading, showExpr, useAll } from '../../module';
import { instead } from '../../module/instead';
import type { Expr } from '../../nix';
import { attributeNames } from '../../nix/attribute-names';
import type { ModuleClass } from '../../options/config';
import { optionAt } from '../../options/option-at';
import { isAcknowledged } from '../acknowledged';
import type { Fleet } from '../fleet';
import type { OptionsOf } from './known-options';

/**
 * Options that are read from a configuration, and of which nothing is made: JavaScript can do nothing else with them than to
 * take them for true. To be asked when all is planned, as whatever is written has been used by then.
 */
export function checkReadings(fleet: Fleet, optionsOf: OptionsOf): Diagnostic[] {
  const { sources } = fleet;
  const isRead = () => sources.some(({ modules }) => modules.some(({ readings }) => readings?.size));
  if (!isRead()) return [];
  // What nobody serves is not planned, and a construct may have references for others.
  for (const { modules, definitions, construct } of sources) {
    for (const { declarations, definitions, imports, disabled } of modules) {
      useAll([declarations, definitions, imports, disabled]);
    }
    useAll([definitions, Object.values(construct)]);
  }
  const found = new Map<string, Diagnostic>();
  for (const { path, modules } of sources) {
    for (const { readings, moduleClass } of modules) {
      for (const reading of readings ?? []) {
        if (!isOptionRead(reading.node, moduleClass, optionsOf)) continue;
        const diagnostic = unused(reading, path);
        // A feature that many use is read for each of them.
        const { file, line, column } = reading.position;
        const key = JSON.stringify([file, line, column, diagnostic.message]);
        if (!found.has(key) && !isAcknowledged(diagnostic, fleet)) found.set(key, diagnostic);
      }
    }
  }
  return [...found.values()];
}

function unused({ node, position }: Reading, path: string): Diagnostic {
  return {
    code: 'reference-unused',
    severity: 'warning',
    message: `${showExpr(node)} is read here, and never reaches the output`,
    path,
    position,
    help: instead.test,
  };
}

/** Whether what was selected is an option, or may be one: code may take a group of them apart, and use some only. */
function isOptionRead(node: Expr, of: ModuleClass, optionsOf: OptionsOf): boolean {
  const names = node.kind === 'select' ? attributeNames(node.path) : [];
  if (names.includes(undefined)) return false;
  const { is } = optionAt(optionsOf(of).options, names as string[], (one) => optionsOf(one).options);
  return is === 'nothing' ? !probes.has(names.at(-1)!) : is !== 'group';
}

/** Names that code which knows nothing of options asks any value for. */
const probes: ReadonlySet<string> = new Set([
  ...Object.getOwnPropertyNames(Object.prototype),
  ...Object.getOwnPropertyNames(Function.prototype),
  ...['then', 'toJSON', 'prototype', 'nodeType', '$$typeof', 'asymmetricMatch', 'inspect'],
]);
