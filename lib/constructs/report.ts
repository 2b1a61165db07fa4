import { Construct, type IConstruct } from 'constructs';
import { type Diagnostic, type Position, userPosition } from '../diagnostics';
import { checkArgument, refuseMore, wrongArgument } from '../module';

const DIAGNOSTIC = 'cdknix:diagnostic';
const ACKNOWLEDGED = 'cdknix:acknowledged';

type Report = Omit<Diagnostic, 'severity' | 'path' | 'position'> & { position?: Position | undefined };

/** Records an error at a construct; synth reports it with all others and writes nothing. */
export function addError(construct: IConstruct, report: Report): void {
  add(construct, 'error', report);
}

/** Records a warning at a construct; `acknowledge` silences it. */
export function addWarning(construct: IConstruct, report: Report): void {
  add(construct, 'warning', report);
}

function add(construct: IConstruct, severity: Diagnostic['severity'], report: Report): void {
  const call = severity === 'error' ? 'addError' : 'addWarning';
  checkConstruct(call, construct);
  const { code, message } = (report ?? {}) as Partial<Report>;
  if (typeof code !== 'string' || typeof message !== 'string') {
    throw wrongArgument(call, 'a code and a message', report, `write ${call}(construct, { code: '…', message: '…' })`);
  }
  const diagnostic: Diagnostic = { position: userPosition(), ...report, severity, path: pathOf(construct) };
  construct.node.addMetadata(DIAGNOSTIC, diagnostic);
}

/**
 * Silences a warning in a construct and everything below it.
 *
 * @param code the warning's id, as it is printed in brackets
 * @throws CdknixError `argument`, `argument-lost`
 */
export function acknowledge(construct: IConstruct, code: string): void {
  checkConstruct('acknowledge', construct);
  checkArgument('acknowledge', 'text', code);
  refuseMore('acknowledge', arguments, 2);
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

/**
 * Refuses what is no construct, where code without types gives it.
 *
 * @throws CdknixError `argument`
 */
export function checkConstruct(call: string, construct: unknown): void {
  if (Construct.isConstruct(construct)) return;
  throw wrongArgument(call, 'a construct', construct, 'give it a flake, a host, a user or a feature');
}
