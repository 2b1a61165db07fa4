import type { Code } from './typescript/code';
import { type Place, printCode, remarks, width } from './typescript/print';

/** A statement: a call, or a constant of a name. */
export interface Statement {
  readonly above?: readonly string[] | undefined;
  readonly constant?: string;
  /** Whether other files may import the constant. */
  readonly isExported?: boolean;
  readonly code: Code;
}

/** The lines of statements. */
export function printStatement(statement: Statement, indent: number, erased?: boolean): string {
  const { above, constant, isExported, code } = statement;
  const start = constant === undefined ? '' : `${isExported && !erased ? 'export ' : ''}const ${constant} = `;
  const place: Place = { indent, column: indent + start.length, after: 1, erased };
  const printed = printCode(code, place);
  const pad = ' '.repeat(indent);
  const isStiff = code.kind === 'text' || code.kind === 'member';
  const isLong = isStiff && start !== '' && place.column + printed.length + 1 > width;
  const line = isLong ? `${pad}${start.trimEnd()}\n${pad}  ${printed};` : `${pad}${start}${printed};`;
  return [...remarks(above, indent), line].join('\n');
}
