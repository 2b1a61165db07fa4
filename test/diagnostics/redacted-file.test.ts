import { describe, expect, it } from 'vitest';
import { fileRedactions } from '../../lib/diagnostics';
import { edited } from '../../lib/redaction';
import { drawing, encryptedKeys, privateKeys, publicThings, tokens } from '../support/secrets';

const draw = drawing(5);

const redactedFile = (path: string, text: string) => edited(text, fileRedactions(path, text));

describe('a text that is shown', () => {
  it('holds no token and no private key, and keeps its lines', () => {
    const drawn = Object.entries(tokens).map(([what, make]) => [what, make(draw)] as const);
    const keys = Object.entries({ ...privateKeys(draw), ...encryptedKeys(draw) });
    for (const [what, secret] of [...drawn, ...keys]) {
      for (const text of [
        `a = ''\n${secret}\n'';\n# b\n`,
        `{ a = ${JSON.stringify(secret)}; }\n# b\n`,
        `a\r\n\t${secret}\r\nb\r\n`,
      ]) {
        const shown = redactedFile('x', text);
        expect(shown, what).toContain('••••');
        expect(shown.split('\n').length, what).toBe(text.split('\n').length);
        expect(shown.endsWith(text.slice(-3)), what).toBe(true);
        for (const line of secret.split('\n').filter((one) => /\w{8}/.test(one) && !one.startsWith('-----'))) {
          expect(shown, what).not.toContain(line.trim().slice(-8));
        }
      }
    }
  });

  it('is what it is otherwise', () => {
    const text = publicThings(draw).join('\n');
    expect(redactedFile('x.nix', text)).toBe(text);
    expect(redactedFile('x', text)).toBe(text);
  });

  it.each([
    ['x.nix', '{ password = "hunter2"; }', '{ password = "••••"; }'],
    ['x.nix', '{ users.bob."password" = lib.mkForce "hunter2"; }', '{ users.bob."password" = lib.mkForce "••••"; }'],
    ['x.nix', "{ a.psk = ''\n  one\n    two\n''; }", "{ a.psk = ''\n  ••••\n    ••••\n''; }"],
    ['x.nix', 'let token = "abcdefgh"; in { x = token; }', 'let token = "••••"; in { x = token; }'],
    ['x.nix', '{ passwordFile = "/run/a"; token = "$TOKEN"; password = a.b; x = "hunter2"; }'],
    ['x.nix', '{ hashedPassword = "$6$abc"; psk = ""; token = "none"; }'],
    ['x.nix', '{ password = "hunter2"; ', '{ password = "••••"; '],
    [
      'x.ts',
      `{ password: 'hunter2', apiKey: "abc\\"def", x: 'hunter2' }`,
      `{ password: '••••', apiKey: "••••", x: 'hunter2' }`,
    ],
    ['x.json', '{ "password": "hunter2", "tokens": "abcdefgh" }', '{ "password": "••••", "tokens": "abcdefgh" }'],
    ['.env', 'API_KEY="abcdefgh"\nexport PASSWORD="x y"\nNAME="b"', 'API_KEY="••••"\nexport PASSWORD="••••"\nNAME="b"'],
  ])('%s: %s → %s', (path, text, shown = text) => {
    expect(redactedFile(path, text)).toBe(shown);
  });
});
