import { readFileSync } from 'node:fs';
import type { Diagnostic } from '../../diagnostics';
import { NixSyntaxError, parse } from '../../nix';
import type { Plan } from '../../synth/output';

/** What our parser says of the Nix files of an output: those that cdknix writes, and those that it copies. */
export function syntaxProblems({ files }: Plan): Diagnostic[] {
  return [...files].flatMap(([path, content]): Diagnostic[] => {
    if (!path.endsWith('.nix')) return [];
    const isOwn = typeof content === 'string';
    try {
      parse(isOwn ? content : readFileSync(content.source, 'utf8'), { names: 'check' });
      return [];
    } catch (error) {
      if (!(error instanceof NixSyntaxError)) throw error;
      const { reason, line, column } = error;
      if (isOwn) {
        const message = `${path} of the output, line ${line}: ${reason}`;
        return [
          { code: 'nix-syntax', severity: 'error', message, help: 'this is a mistake in cdknix, please report it' },
        ];
      }
      const position = { file: content.source, line, column, isSource: true } as const;
      return [{ code: 'nix-syntax', severity: 'error', message: reason, position, help: 'correct the Nix file' }];
    }
  });
}
