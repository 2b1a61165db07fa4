import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import {
  acknowledge,
  CdknixError,
  comment,
  Feature,
  Flake,
  HomeUser,
  Host,
  lazy,
  lines,
  mkForce,
  mkIf,
  mkMerge,
  nix,
  pkgs,
  str,
} from 'cdknix';
import { diagnostics } from 'cdknix/testing';
import type { Construct } from 'constructs';
import { describe, expect, it } from 'vitest';
import { fleetOf } from '../../lib/constructs/fleet';
import { type Diagnostic, renderAll } from '../../lib/diagnostics';
import { File } from '../../lib/module';
import { secretsIn } from '../../lib/redaction';
import { planOf } from '../../lib/synth/plan';
import { cdknix, folderWith, projectWith } from '../cli/support';
import { problemsOf } from '../support/problems';
import { describeRealworld, realworldFiles } from '../support/realworld';
import { drawing, encryptedKeys, privateKeys, publicThings, tokens, wireGuardKey } from '../support/secrets';

const draw = drawing(2);
const token = tokens['a GitHub token']!(draw);
const linux = { system: 'x86_64-linux' } as const;

interface Tree {
  readonly flake: Flake;
  readonly host: Host<'x86_64-linux'>;
  readonly user: HomeUser;
}

function found(make: (tree: Tree) => void): readonly Diagnostic[] {
  const flake = new Flake();
  const host = new Host(flake, 'desk', linux);
  make({ flake, host, user: new HomeUser(host, 'anna') });
  try {
    return planOf(fleetOf(flake)).warnings;
  } catch (error) {
    if (error instanceof CdknixError) return error.diagnostics;
    throw error;
  }
}

const said = (make: (tree: Tree) => void) => found(make).map(({ code, message }) => `${code}: ${message}`);

/** Expects that nothing of a secret can be read from what is said, however it is shown. */
function expectHidden(secret: string, ...shown: readonly string[]): void {
  for (const run of secret.match(/[A-Za-z0-9]{12,}/g) ?? []) {
    for (let i = 0; i + 6 <= run.length; i++) {
      for (const text of shown) expect(text.includes(run.slice(i, i + 6))).toBe(false);
    }
  }
}

/** A project's file that the code of some place of it refers to. */
function fileIn(name: string, text: string, use: 'module' | 'value' = 'value'): File {
  const folder = folderWith({ 'package.json': '{ "name": "mine" }', [name]: text });
  return new File(name, { file: join(folder, 'app.js'), line: 1, column: 1 }, use);
}

class Tokens extends Feature {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.home.set({ home: { sessionVariables: { GITHUB_TOKEN: token } } });
  }
}

describe('a token in plain text is refused', () => {
  const places: Record<string, (tree: Tree) => unknown> = {
    'in a value': ({ host }) => host.set({ environment: { etc: { x: { text: token } } } }),
    'in a part of a text': ({ host }) => host.set({ environment: { etc: { x: { text: `a\n${token}\nb` } } } }),
    'in a list': ({ host }) => host.set({ boot: { kernelParams: ['quiet', `token=${token}`] } }),
    'in data of a file format': ({ host }) => host.set({ services: { grafana: { settings: { x: { y: [token] } } } } }),
    'behind properties': ({ host }) => host.set({ programs: mkIf(true, { bash: { shellInit: mkForce(token) } }) }),
    'where it is one of several': ({ host }) => host.set(mkMerge([{}, mkMerge([{ networking: { domain: token } }])])),
    'under a condition that does not hold': ({ host }) => host.set({ networking: { domain: mkIf(false, token) } }),
    'in a string with values': ({ host }) => host.set({ environment: { variables: { X: str`${pkgs.git} ${token}` } } }),
    'in a text of several lines': ({ host }) => host.set({ programs: { bash: { shellInit: lines`\n  ${token}\n` } } }),
    'in raw Nix': ({ host }) => host.set({ services: nix`{ openssh.extraConfig = "${nix`"${token}"`}"; }` }),
    'as a value in raw Nix': ({ host }) => host.set({ networking: nix`{ domain = ${token}; }` }),
    'in a function of raw Nix': ({ host }) => host.set({ nixpkgs: { overlays: [nix`_: _: { x = ${{ token }}; }`] } }),
    'in a call': ({ host }) => host.set({ environment: { etc: { x: { source: pkgs.writeText('x', token) } } } }),
    'in a lazy': ({ host }) => host.set({ networking: lazy(() => ({ domain: token })) }),
    'in a comment': ({ host }) => host.set({ networking: { domain: comment(`was ${token}`, 'home.arpa') } }),
    'in a name': ({ host }) => host.set({ environment: { etc: { [token]: { text: 'x' } } } }),
    'in an imported module': ({ host }) => host.import(nix`{ networking.domain = ${token}; }`),
    'in an account': ({ user }) => user.account.set({ description: token }),
    'in a home': ({ user }) => user.set({ home: { sessionVariables: { X: token } } }),
    'in a feature': ({ user }) => user.use(Tokens),
    'in an output': ({ flake }) => flake.output('x', { y: token }),
    'in an overlay': ({ flake }) => flake.overlay('x', nix`final: prev: { x = ${token}; }`),
    'in the URL of an input': ({ flake }) => flake.input('x', { url: `git+https://x:${token}@example.org/x` }),
    'in a setting of Nix': () => new Flake({ nixConfig: { 'access-tokens': `github.com=${token}` } }),
    'in an argument of modules': () => new Flake({ specialArgs: { token } }),
  };

  it.each(Object.entries(places))('%s', (_, make) => {
    let other: Flake | undefined;
    const all = found((tree) => {
      const made = make(tree);
      if (made instanceof Flake && made !== tree.flake) other = made;
    });
    const problems = other ? diagnostics(withHost(other)) : all;
    const secrets = problems.filter((one) => one.code === 'secret');
    expect(secrets.length).toBe(1);
    expect(secrets[0]).toMatchObject({ severity: 'error', position: { file: __filename } });
    expect(secrets[0]!.message).toMatch(/^[^ ].* holds a GitHub token in plain text$/);
    expectHidden(token, renderAll(problems), JSON.stringify(problems));
  });

  it('of every kind, in values and in copied files', () => {
    for (const [what, make] of Object.entries(tokens)) {
      const token = make(draw);
      const inValue = said(({ host }) => host.set({ programs: { bash: { shellInit: token } } }));
      expect(inValue).toEqual([expect.stringMatching(`^secret(-likely)?: programs.bash.shellInit holds ${what} in`)]);
      const file = fileIn('x.conf', `x\n${token}\n`);
      const inFile = found(({ host }) => host.set({ environment: { etc: { x: { source: file } } } }));
      expect(inFile.map((one) => one.message)).toEqual([
        `x.conf, which is copied to the output, holds ${what} in plain text`,
      ]);
      expectHidden(token, inValue.join(), renderAll(inFile), JSON.stringify(inFile));
    }
  });

  const withHost = (flake: Flake) => {
    new Host(flake, 'desk', linux);
    return flake;
  };
});

describe('a private key in plain text is refused', () => {
  it.each(Object.entries(privateKeys(draw)))('in a value: %s', (_, key) => {
    for (const text of [key, lines`  ${key}`, str`a ${key}`]) {
      const problems = found(({ host }) => host.set({ environment: { etc: { key: { text } } } }));
      expect(problems).toMatchObject([{ code: 'secret', position: { file: __filename } }]);
      expect(problems[0]!.message).toMatch(
        /^environment\.etc\.key\.text holds a (PGP |PuTTY )?private key in plain text$/,
      );
      expectHidden(
        key.split('\n').reduce((a, b) => (b.length > a.length ? b : a)),
        renderAll(problems),
        JSON.stringify(problems),
      );
    }
  });

  it.each(Object.entries(privateKeys(draw)))('in a file: %s', (_, key) => {
    const problems = found(({ host }) => host.set({ environment: { etc: { x: { source: fileIn('id', key) } } } }));
    expect(problems).toMatchObject([{ code: 'secret', position: { line: 1, column: 1 } }]);
  });

  it('and one with a passphrase is a warning', () => {
    for (const key of Object.values(encryptedKeys(draw))) {
      const problems = found(({ host }) => host.set({ environment: { etc: { key: { text: key } } } }));
      expect(problems).toMatchObject([{ code: 'secret-likely', severity: 'warning' }]);
    }
  });

  it('and one of WireGuard names the option that takes a file', () => {
    const key = wireGuardKey(draw);
    expect(
      found(({ host }) => {
        const peers = [{ publicKey: wireGuardKey(draw), allowedIPs: [], presharedKey: key }];
        host.set({ networking: { wireguard: { interfaces: { wg0: { privateKey: wireGuardKey(draw), peers } } } } });
      }).map(({ message, help }) => `${message}: ${help?.split(/[:;,] /)[1]}`),
    ).toEqual([
      'networking.wireguard.interfaces.wg0.privateKey holds a WireGuard key in plain text: set privateKeyFile instead',
      'networking.wireguard.interfaces.wg0.peers[0].presharedKey holds a WireGuard key in plain text: set presharedKeyFile instead',
    ]);
  });
});

describe('what is public passes', () => {
  it('in values and in files', () => {
    const file = fileIn('public', publicThings(draw).join('\n\n'));
    expect(
      found(({ host }) => {
        host.set({ environment: { etc: { x: { text: publicThings(draw).join('\n\n') }, y: { source: file } } } });
        for (const text of publicThings(draw)) host.set({ programs: { bash: { shellInit: text } } });
      }),
    ).toEqual([]);
  });
});

describe('a password in plain text', () => {
  it('is refused at its line, which is not shown', () => {
    expect(
      problemsOf(() => {
        const flake = new Flake();
        const host = new Host(flake, 'desk', linux);
        host.set({
          users: {
            users: {
              bob: {
                password: 'hunter2',
              },
            },
          },
          networking: { wireless: { networks: { home: { psk: 'correct horse' } } } },
        });
        new HomeUser(host, 'anna').account.set({ password: 'swordfish' });
        return flake;
      }),
    ).toMatchInlineSnapshot(`
      "error[secret]: users.users.bob.password is a password in plain text
        in desk
        at test/synth/secrets.test.ts:LINE:17
        LINE |                 password: ••••
             |                 ^^^^^^^^
        help: everybody on the machine can read the Nix store: set hashedPasswordFile instead, to a file that sops-nix or agenix puts on the machine; if everybody may know it, acknowledge(construct, 'secret')

      error[secret]: networking.wireless.networks.home.psk is a password in plain text
        in desk
        at test/synth/secrets.test.ts:LINE:57
        LINE |                                                         psk: ••••
             |                                                         ^^^
        help: everybody on the machine can read the Nix store: set pskRaw to 'ext:<name>' instead, and networking.wireless.secretsFile to a file that sops-nix or agenix puts on the machine; if everybody may know it, acknowledge(construct, 'secret')

      error[secret]: users.users.anna.password is a password in plain text
        in desk/anna
        at test/synth/secrets.test.ts:LINE:50
        LINE |                                                  password: ••••
             |                                                  ^^^^^^^^
        help: everybody on the machine can read the Nix store: set hashedPasswordFile instead, to a file that sops-nix or agenix puts on the machine; if everybody may know it, acknowledge(construct, 'secret')"
    `);
  });

  it('is a warning where it is to be changed, or only looks like one', () => {
    expect(
      problemsOf(() => {
        const flake = new Flake();
        const host = new Host(flake, 'desk', linux);
        host.set({ users: { users: { bob: { initialPassword: 'hunter2' } } } });
        host.set({ services: nix`{ k3s.token = "abcdef98"; }` });
        new HomeUser(host, 'anna').set({ home: { sessionVariables: { DB_PASSWORD: 'sesame-open' } } });
        return flake;
      }),
    ).toMatchInlineSnapshot(`
      "warning[secret-likely]: users.users.bob.initialPassword is a password in plain text
        in desk
        at test/synth/secrets.test.ts:LINE:45
        LINE |                                             initialPassword: ••••
             |                                             ^^^^^^^^^^^^^^^
        help: everybody on the machine can read the Nix store: set hashedPasswordFile instead, to a file that sops-nix or agenix puts on the machine; if everybody may know it, acknowledge(construct, 'secret-likely')

      warning[secret-likely]: services.k3s.token looks like a secret in plain text
        in desk
        at test/synth/secrets.test.ts:LINE:30
        LINE |                              ••••
             |                              ^
        help: everybody on the machine can read the Nix store: set tokenFile instead, to a file that sops-nix or agenix puts on the machine; if everybody may know it, acknowledge(construct, 'secret-likely')

      warning[secret-likely]: home.sessionVariables.DB_PASSWORD looks like a secret in plain text
        in desk/anna
        at test/synth/secrets.test.ts:LINE:70
        LINE |                                                                      DB_PASSWORD: ••••
             |                                                                      ^^^^^^^^^^^
        help: everybody on the machine can read the Nix store: let sops-nix or agenix put it in a file on the machine, and have it read from there; if everybody may know it, acknowledge(construct, 'secret-likely')"
    `);
  });

  it('is one however it is written', () => {
    const password = 'hunter2';
    const ways = [
      { users: { users: { bob: { password } } } },
      { users: { users: { bob: { password: mkForce(password) } } } },
      { users: mkMerge([{ users: { bob: mkIf(true, { password: lazy(() => password) }) } }]) },
      { users: nix`{ users.bob = { password = "hunter2"; }; }` },
      { users: { users: { bob: { password: nix`''hunter2''` } } } },
      { users: { users: { bob: { password: str`hunter${2}` } } } },
    ];
    for (const way of ways) {
      expect(said(({ host }) => host.set(way))).toEqual([
        'secret: users.users.bob.password is a password in plain text',
      ]);
    }
    expect(said(({ host }) => host.import(nix`{ ... }: { users.users.bob.password = "hunter2"; }`))).toEqual([
      'secret: users.users.bob.password is a password in plain text',
    ]);
  });

  it('is none if it is a hash, a path, a variable, an expression, empty, null or what everybody has', () => {
    const values = ['', null, '/run/keys/x', '$6$abc$def', '@password@', nix`"x" + "y"`, str`${pkgs.git}/x`];
    for (const password of values) {
      expect(said(({ host }) => host.set({ users: { users: { bob: { password } } } }))).toEqual([]);
    }
    expect(
      said(({ host }) => {
        host.set({ users: { users: { bob: { hashedPassword: '$6$abc$def', hashedPasswordFile: '/run/keys/bob' } } } });
        host.set({ services: { grafana: { settings: { security: { admin_password: 'admin' } } } } });
        host.set({ services: { openssh: { settings: { PasswordAuthentication: false } } } });
        host.set({ programs: { bash: { shellAliases: { token: 'gh-auth-token' } } } });
        host.set({ virtualisation: nix`{ vmVariant.users.users.bob.password = "test"; }` });
      }),
    ).toEqual([]);
  });

  it('names what takes a file instead, if there is such an option', () => {
    const help = (config: object) => found(({ host }) => host.set(config))[0]?.help?.replace(/; if everybody.*/, '');
    expect([
      help({ users: { users: { bob: { password: 'hunter2' } } } }),
      help({ users: { users: { bob: { initialPassword: 'hunter2' } } } }),
      help({ services: { gitea: { database: { password: 'hunter2' } } } }),
      help({ services: { murmur: { password: 'hunter2' } } }),
      help({ networking: { wireless: { networks: { x: { psk: 'hunter2222' } } } } }),
    ]).toMatchInlineSnapshot(`
      [
        "everybody on the machine can read the Nix store: set hashedPasswordFile instead, to a file that sops-nix or agenix puts on the machine",
        "everybody on the machine can read the Nix store: set hashedPasswordFile instead, to a file that sops-nix or agenix puts on the machine",
        "everybody on the machine can read the Nix store: set passwordFile instead, to a file that sops-nix or agenix puts on the machine",
        "everybody on the machine can read the Nix store: let sops-nix or agenix put it in a file on the machine, and have it read from there",
        "everybody on the machine can read the Nix store: set pskRaw to 'ext:<name>' instead, and networking.wireless.secretsFile to a file that sops-nix or agenix puts on the machine",
      ]
    `);
  });

  it('may be acknowledged by whoever means it', () => {
    const password = 'test';
    const make = ({ host, user }: Tree) => {
      host.set({ users: { users: { bob: { password, initialPassword: password } } } });
      user.account.set({ password });
    };
    const quiet = (code: string) => (tree: Tree) => {
      make(tree);
      acknowledge(tree.host, code);
    };
    expect(said(make).map((one) => one.split(' ')[0])).toEqual(['secret:', 'secret-likely:', 'secret:']);
    expect(said(quiet('secret-likely'))).toHaveLength(2);
    expect(said(quiet('secret'))).toEqual([expect.stringMatching('^secret-likely: ')]);
  });
});

describe('a line with a secret', () => {
  it('is not shown for anything else that is said of it', () => {
    const app = `const flake = new cdknix.Flake();
const host = new cdknix.Host(flake, 'desk', { system: 'x86_64-linux' });
host.set({ users: { users: { bob: { password: 'hunter2', descripton: 'Bob', uid: 'x' } } } });
host.set({ services: { x: '${token}' } });
`;
    return inProject(app).then(({ code, text }) => {
      expect(code).toBe(1);
      expect(text).toContain('option-unknown');
      expect(text).toContain('option-type');
      expect(text).not.toContain('hunter2');
      expect(text).not.toContain("'Bob'");
      expectHidden(token, text);
    });
  });

  it('is not shown where it has the wrong type, or two constructs disagree on it', () => {
    const shown = renderAll(
      found(({ user, host }) => {
        user.account.set({ password: ['correct horse battery'] as never });
        host.set({ networking: { wireless: { networks: { home: { psk: nix`"first secret"` } } } } });
        host.set({ networking: { wireless: { networks: { home: { psk: nix`"another secret"` } } } } });
      }),
    );
    expect(shown).toContain('password: ••••');
    for (const secret of ['correct horse', 'first secret', 'another secret']) expect(shown).not.toContain(secret);
  });

  it('is not shown by the command line, in words or as JSON', async () => {
    const app = `const flake = new cdknix.Flake();
const host = new cdknix.Host(flake, 'desk', { system: 'x86_64-linux' });
const token = '${token}';
host.set({ environment: { variables: { A: token, B: \`x ${token}\` }, etc: { x: { text: [
  '${token}',
].join() } } } });
host.set({ boot: { kernelParams: ['a', '${token}'] } });
`;
    const { text } = await inProject(app);
    expect(text.match(/error\[secret\]/g)).toHaveLength(4);
    expectHidden(token, text);
  });

  async function inProject(app: string) {
    const folder = projectWith(app);
    const runs = await Promise.all([cdknix(folder, 'synth'), cdknix(folder, 'diff'), cdknix(folder, 'list', '--json')]);
    return { code: runs[0]!.code, text: runs[0]!.stderr, all: runs };
  }
});

describe('a copied file', () => {
  it('is shown where it has a secret, with who refers to it', () => {
    const folder = folderWith({
      'package.json': '{ "name": "mine" }',
      'app.js': '',
      'dotfiles/.env': `# mine\nexport API_KEY="hunter2hunter2"\nHOME_PAGE=x\nDB_PASSWORD=$OTHER\n`,
      'dotfiles/.env.example': 'API_KEY=hunter2hunter2\n',
      'dotfiles/gh/hosts.yml': `github.com:\n    oauth_token: ${token}\n`,
      'dotfiles/module.nix': '{ users.users.bob = {\n  password = "hunter2";\n}; services.k3s.token = "abcdef98"; }\n',
    });
    const file = new File('dotfiles', { file: join(folder, 'app.js'), line: 1, column: 1 });
    const problems = found(({ user }) => user.set({ xdg: { configFile: { x: { source: file } } } }));
    expect(renderAll(problems).replaceAll(folder, '<dir>')).toMatchInlineSnapshot(`
      "warning[secret-likely]: services.k3s.token looks like a secret in plain text
        in desk/anna
        at <dir>/dotfiles/module.nix:3:25
        3 |                         ••••
          |                         ^
        it is copied because of this:
        at <dir>/app.js:1:1
        help: everybody on the machine can read the Nix store: leave it out of what is copied, and let sops-nix or agenix bring it to the machine; if everybody may know it, acknowledge(construct, 'secret-likely')

      warning[secret-likely]: API_KEY in .env looks like a secret in plain text
        in desk/anna
        at <dir>/dotfiles/.env:2:17
        2 | export API_KEY="••••
          |                 ^
        it is copied because of this:
        at <dir>/app.js:1:1
        help: everybody on the machine can read the Nix store: leave it out of what is copied, and let sops-nix or agenix bring it to the machine; if everybody may know it, acknowledge(construct, 'secret-likely')

      error[secret]: users.users.bob.password is a password in plain text
        in desk/anna
        at <dir>/dotfiles/module.nix:2:14
        2 |   password = ••••
          |              ^
        it is copied because of this:
        at <dir>/app.js:1:1
        help: everybody on the machine can read the Nix store: leave it out of what is copied, and let sops-nix or agenix bring it to the machine; if everybody may know it, acknowledge(construct, 'secret')

      error[secret]: hosts.yml, which is copied to the output, holds a GitHub token in plain text
        in desk/anna
        at <dir>/dotfiles/gh/hosts.yml:2:18
        2 |                  ••••
          |                  ^
        it is copied because of this:
        at <dir>/app.js:1:1
        help: everybody on the machine can read the Nix store: leave it out of what is copied, and let sops-nix or agenix bring it to the machine; if everybody may know it, acknowledge(construct, 'secret')"
    `);
    expectHidden(token, JSON.stringify(problems));
  });

  it('is searched up to four megabytes, unless it is no text', () => {
    const big = (filler: string) => `${filler.repeat(3 * 1024 * 1024)}\n${token}`;
    const has = (text: string) =>
      found(({ host }) => host.set({ environment: { etc: { x: { source: fileIn('x', text) } } } })).length;
    expect([
      has(big(' ')),
      has(
        big(' ')
          .repeat(2)
          .slice(token.length * 8),
      ),
      has(`\0${token}`),
    ]).toEqual([1, 1, 0]);
  });

  it('may be a module of the user that sets a password', () => {
    const file = fileIn(
      'users.nix',
      '{ config, ... }:\n{\n  config = {\n    users.users.bob.password = "hunter2";\n  };\n}\n',
      'module',
    );
    expect(said(({ host }) => host.import(file))).toEqual([
      'secret: users.users.bob.password is a password in plain text',
    ]);
  });
});

it('says no more than fifty times that something is secret', () => {
  const many = Array.from({ length: 500 }, () => tokens['a GitHub token']!(draw));
  const codes = found(({ host }) =>
    host.set({ environment: { etc: Object.fromEntries(many.map((text, i) => [`f${i}`, { text }])) } }),
  );
  expect(codes).toHaveLength(50);
});

describeRealworld('in the module systems themselves', () => {
  it('finds nothing but the keys of their tests and examples', { timeout: 300_000 }, () => {
    const files = realworldFiles();
    const found = files.flatMap((file) => {
      const bytes = readFileSync(file);
      return bytes.subarray(0, 8000).includes(0)
        ? []
        : secretsIn(bytes.toString('utf8')).map((one) => ({ file, ...one }));
    });
    const others = found.filter(({ file }) => !/\/tests\/|\/profiles\/keys\//.test(file));
    console.log(`${files.length} files, ${found.length} secrets, ${others.length} of them in modules`);
    expect(found.length).toBeGreaterThan(20);
    // What these modules have is in the examples of their documentation.
    expect(others.map(({ file, what }) => `${basename(file)}: ${what}`).sort()).toEqual([
      'abaddon.nix: a Discord bot token',
      'wg-quick.nix: a WireGuard key',
      'wireguard.nix: a WireGuard key',
    ]);
  });
});
