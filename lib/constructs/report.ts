import type { IConstruct } from 'constructs';
import { type Diagnostic, type Position, userPosition } from '../diagnostics';

const DIAGNOSTIC = 'cdknix:diagnostic';
const ACKNOWLEDGED = 'cdknix:acknowledged';

type Report = Omit<Diagnostic, 'severity' | 'path' | 'position'> & { position?: Position };

/** Records an error at a construct; synth reports it with all others and writes nothing. */
export function addError(construct: IConstruct, report: Report): void {
  add(construct, 'error', report);
}

/** Records a warning at a construct; `acknowledge` silences it. */
export function addWarning(construct: IConstruct, report: Report): void {
  add(construct, 'warning', report);
}

function add(construct: IConstruct, severity: Diagnostic['severity'], report: Report): void {
  const diagnostic: Diagnostic = { position: userPosition(), ...report, severity, path: pathOf(construct) };
  construct.node.addMetadata(DIAGNOSTIC, diagnostic);
}

/**
 * Silences a warning in a construct and everything below it.
 *
 * @param code the warning's id, as it is printed in brackets
 */
export function acknowledge(construct: IConstruct, code: string): void {
  construct.node.addMetadata(ACKNOWLEDGED, code);
}

/** The diagnostics recorded at a construct itself. */
export function reportedAt(construct: IConstruct): Diagnostic[] {
  const { metadata } = construct.node;
  if (!metadata.length) return [];
  return metadata.filter((entry) => entry.type === DIAGNOSTIC).map((entry) => entry.data as Diagnostic);
}

/** The codes acknowledged at a construct itself. */
export function acknowledgedAt(construct: IConstruct): string[] {
  const { metadata } = construct.node;
  if (!metadata.length) return [];
  return metadata.filter((entry) => entry.type === ACKNOWLEDGED).map((entry) => entry.data as string);
}

/** The path of a construct for a person: the root has a name too. */
export function pathOf(construct: IConstruct): string {
  return construct.node.path || 'the flake';
}
