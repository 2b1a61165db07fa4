import type { Diagnostic, Position } from '../../diagnostics';

/** A diagnostic for a program; docs/json.md says what its members are. */
export function diagnosticJson({ code, severity, message, help, path, position, related }: Diagnostic): object {
  return {
    code,
    severity,
    message,
    ...(help !== undefined && { help }),
    ...(path !== undefined && { path }),
    ...positionJson(position),
    ...(related?.length && {
      related: related.map((one) => ({ message: one.message, ...positionJson(one.position) })),
    }),
  };
}

/** A place; none where no code of the user's is involved. */
function positionJson(position: Position | undefined): object {
  if (!position?.file) return {};
  const { file, line, column, length } = position;
  return { position: { file, line, column, ...(length !== undefined && { length }) } };
}
