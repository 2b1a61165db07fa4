import * as ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { annotated, bare, compilerOf, pathOf, textOf } from './compiler';

const start = `
import { Flake, Host, HomeUser, mkIf } from 'cdknix';
const desk = new Host(new Flake(), 'desk', { system: 'x86_64-linux' });
const anna = new HomeUser(desk, 'anna');
`;

/** Programs as they stand in an editor; `|` is where its user is. */
const typing = {
  services: `desk.set({ services: { | } });`,
  virtualHost: `desk.set({ services: { nginx: { virtualHosts: { a: { | } } } } });`,
  condition: `desk.set({ services: mkIf(true, { | }) });`,
  reference: `desk.config.services.nginx.|`,
  literal: `desk.set({ services: { openssh: { settings: { PermitRootLogin: '|' } } } });`,
  old: `desk.set({ hardware: { opengl: { | } } });`,
};
const hovering = `
desk.set({ services: { nginx: { virtualHosts: { a: { root: '/srv' } } } } });
desk.set({ services: { openssh: { settings: { PermitRootLogin: 'no' } } } });
desk.config.services.nginx.enable;
desk.config.hardware.opengl.driSupport32Bit;
desk.set({ hardware: { opengl: { enable: true } } });
`;

const bad = bare(textOf('bad.ts'));
const compiler = compilerOf({
  'good.ts': textOf('good.ts'),
  'bad.ts': bad,
  'hovering.ts': start + hovering,
  ...Object.fromEntries(Object.entries(typing).map(([name, line]) => [`${name}.ts`, start + line.replace('|', '')])),
});

describe('a program that is right', () => {
  it('compiles', () => {
    const text = textOf('good.ts');
    expect(annotated(text, compiler.getSemanticDiagnostics(pathOf('good.ts')))).toBe(text);
  });
});

describe('a program with mistakes', () => {
  it('has each of them shown at its place, in a few words', async () => {
    const shown = annotated(bad, compiler.getSemanticDiagnostics(pathOf('bad.ts')));
    await expect(shown).toMatchFileSnapshot('bad.ts');
  });
});

describe('an editor', () => {
  const offered = (name: keyof typeof typing) => {
    const position = start.length + typing[name].indexOf('|');
    const { entries = [] } = compiler.getCompletionsAtPosition(pathOf(`${name}.ts`), position, {}) ?? {};
    return entries.map(({ name, kindModifiers }) => (kindModifiers?.includes('deprecated') ? `${name} (old)` : name));
  };

  it('offers the options of a group, and nothing else', () => {
    expect(offered('services').length).toBeGreaterThan(900);
    expect(offered('services')).toEqual(expect.arrayContaining(['nginx', 'openssh', '"acme-dns"']));
    expect(offered('condition')).toEqual(offered('services'));
    expect(offered('virtualHost')).toContain('forceSSL');
    expect(offered('virtualHost')).not.toContain('enable');
  });

  it('offers what may be referred to', () => {
    expect(offered('reference')).toEqual(expect.arrayContaining(['enable', 'package', 'virtualHosts']));
    expect(offered('reference')).not.toContain('toString');
  });

  it('marks old options', () => {
    expect(offered('old')).toMatchInlineSnapshot(`
      [
        "driSupport (old)",
        "driSupport32Bit (old)",
        "enable (old)",
        "extraPackages (old)",
        "extraPackages32 (old)",
        "package (old)",
        "package32 (old)",
        "s3tcSupport (old)",
      ]
    `);
    const notes = compiler.getSuggestionDiagnostics(pathOf('hovering.ts')).filter((note) => note.reportsDeprecated);
    expect(notes.map(({ code, messageText }) => [code, messageText])).toEqual([
      [6385, "'driSupport32Bit' is deprecated."],
    ]);
  });

  it('offers the values of an enumeration', () => {
    expect(offered('literal')).toEqual(['yes', 'without-password', 'prohibit-password', 'forced-commands-only', 'no']);
  });

  const said = (word: string) => {
    const info = compiler.getQuickInfoAtPosition(pathOf('hovering.ts'), start.length + hovering.indexOf(word));
    return [
      ts.displayPartsToString(info?.displayParts),
      ts.displayPartsToString(info?.documentation),
      ...(info?.tags ?? []).map((tag) => `@${tag.name} ${ts.displayPartsToString(tag.text)}`),
    ].join('\n');
  };

  it('says what an option takes', () => {
    expect(said('virtualHosts')).toMatchInlineSnapshot(`
      "(property) ServicesNginx.virtualHosts?: Value<AttrsOf<ServicesNginxVirtualHosts>> | undefined
      Attribute set of submodule. Default: \`{"localhost":{}}\`. Declared in \`nixos/modules/services/web-servers/nginx/default.nix\`."
    `);
    expect(said('root')).toMatchInlineSnapshot(`
      "(property) ServicesNginxVirtualHosts.root?: Value<Path | null> | undefined
      Null or absolute path. Default: \`null\`. Declared in \`nixos/modules/services/web-servers/nginx/default.nix\`."
    `);
    expect(said('PermitRootLogin')).toMatchInlineSnapshot(`
      "(property) ServicesOpensshSettings.PermitRootLogin?: Value<"yes" | "without-password" | "prohibit-password" | "forced-commands-only" | "no" | null> | undefined
      Null or one of "yes", "without-password", "prohibit-password", "forced-commands-only", "no". Default: \`"prohibit-password"\`. Declared in \`nixos/modules/services/networking/ssh/sshd.nix\`."
    `);
  });

  it('says what a reference is', () => {
    expect(said('enable;')).toMatchInlineSnapshot(`
      "(property) enable: Expr<boolean>
      Boolean. Default: \`false\`. Declared in \`nixos/modules/services/web-servers/nginx/default.nix\`."
    `);
  });

  it('says what an old option became', () => {
    expect(said('opengl')).toMatchInlineSnapshot(`
      "(property) opengl: References<HardwareOpengl>
      "
    `);
    expect(said('enable: true')).toMatchInlineSnapshot(`
      "(property) HardwareOpengl.enable?: Value<boolean> | undefined
      Boolean. Declared in \`nixos/modules/hardware/graphics.nix\`.
      @deprecated use \`hardware.graphics.enable\`"
    `);
  });
});
