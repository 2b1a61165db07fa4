import { describe, expect, it } from 'vitest';
import type { Docs } from '../../lib/options/docs';
import { typesOf } from '../../lib/options/generate/generate';
import type { OptionTable } from '../../lib/options/table';
import { annotated, bare, compilerOf, pathOf } from './compiler';

const table: OptionTable = {
  class: 'nixos',
  source: 'import',
  release: '26.05',
  options: { services: { nginx: { enable: ['bool'] }, mine: { port: ['int', { default: 80 }] } } },
};
const docs: Docs = new Map([['services.mine.port', { description: 'Where it listens.', example: '8080' }]]);
const imported = `${typesOf(table, docs, 'cdknix/options')}
declare module 'cdknix/options' {
  interface ImportedOptions {
    nixos: NixosOptions;
  }
}
`;

const program = `
import { Flake, Host, HomeUser } from 'cdknix';
import type { Value } from 'cdknix/options';

declare module 'cdknix' {
  interface NixosConfig {
    added?: { enable?: Value<boolean> };
  }
}
declare module 'cdknix/options/home' {
  interface Programs {
    nixvim?: { enable?: Value<boolean> };
  }
}

const desk = new Host(new Flake(), 'desk', { system: 'x86_64-linux' });
const anna = new HomeUser(desk, 'anna');
desk.set({ services: { nginx: { enable: true }, mine: { port: 8080 } }, added: { enable: true } });
desk.set({ services: { openssh: { enable: true } } });
//                     ^ Object literal may only specify known properties, and 'openssh' does not exist in type 'Services'.
desk.set({ services: { mine: { port: desk.config.added.enable } } });
//                             ^ Type 'Expr<boolean>' is not assignable to type 'Value<number> | undefined'.
//                                 Type 'Expr<boolean>' is not assignable to type 'Expr<number>'.
//                                   Type 'boolean' is not assignable to type 'number'.
anna.set({ programs: { nixvim: { enable: true }, git: { enable: true } } });
anna.set({ programs: { nixvim: { enabel: true } } });
//                               ^ Object literal may only specify known properties, but 'enabel' does not exist in type '{ enable?: Value<boolean> | undefined; }'. Did you mean to write 'enable'?
`;

const compiler = compilerOf({ 'imports/nixos.d.ts': imported, 'program.ts': bare(program) });

describe('the types of options', () => {
  it('are those of an import where there is one, with what the program adds to them', () => {
    expect(compiler.getSemanticDiagnostics(pathOf('imports/nixos.d.ts'))).toEqual([]);
    expect(annotated(bare(program), compiler.getSemanticDiagnostics(pathOf('program.ts')))).toBe(program);
  });
});
