import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isPlainSecret, secretName, secretsIn } from '../../lib/redaction';
import { drawing, encryptedKeys, privateKeys, publicThings, tokens, wireGuardKey } from '../support/secrets';

const draw = drawing(1);
const runs = Number(process.env.SECRETS ?? 200);

/** Texts as they stand around secrets, which end or start no word. */
const around = fc.string({
  unit: fc.constantFrom(' ', '\n', '"', "''", 'a', 'Zz9', '/', '=', '.', ';', 'ä', '{ }', '\\n'),
});
const before = around.map((text) => text.replace(/[\w.=/-]+$/, ''));
const after = around.map((text) => text.replace(/^[\w.=/-]+/, ''));

describe('a token', () => {
  it.each(Object.keys(tokens))('is known: %s', (what) => {
    fc.assert(
      fc.property(fc.integer(), before, after, (seed, before, after) => {
        const token = tokens[what]!(drawing(seed));
        const [first, ...more] = secretsIn(before + token + after);
        expect([first?.what, more]).toEqual([what, []]);
        expect(token).toContain(first!.text);
        expect(first!.text.length).toBeGreaterThanOrEqual(20);
      }),
      { numRuns: runs },
    );
  });

  it('is found behind what people write before it', () => {
    const token = tokens['a GitHub token']!(draw);
    for (const text of [
      `https://${token}@github.com/x`,
      `https://x:${token}@github.com`,
      `token=${token}`,
      `"${token}"`,
    ]) {
      expect(secretsIn(text)).toMatchObject([{ what: 'a GitHub token', text: token, at: text.indexOf(token) }]);
    }
    const bot = tokens['a Telegram bot token']!(draw);
    expect(secretsIn(`https://api.telegram.org/bot${bot}/getMe`)).toMatchObject([{ what: 'a Telegram bot token' }]);
  });

  it('is found among the names of a path, in base64 too, and among those of a construct', () => {
    const token = tokens['a GitHub token']!(drawing(3));
    const encoded = Buffer.from(`oauth: ${token}\n`).toString('base64').replace(/=+$/, '');
    for (const text of [`./a/${token}`, `desk/..--${token}`, `hosts/${encoded}/default.nix`, `/srv/a/./${encoded}`]) {
      expect(
        secretsIn(text).map(({ what }) => what.replace(' in base64', '')),
        text,
      ).toEqual(['a GitHub token']);
    }
    expect(secretsIn('in https:----anna:Hx82kPq1Zz0w@db--x').map(({ what }) => what)).toEqual(['a password in a URL']);
  });

  it('is one of several, each with its place', () => {
    const all = Object.values(tokens).map((token) => token(draw));
    const found = secretsIn(all.join('\n'));
    expect(found.map((one) => one.what)).toEqual(Object.keys(tokens));
    for (const [i, { at, text }] of found.entries())
      expect(all[i]).toContain(all.join('\n').slice(at, at + text.length));
  });

  it('may be one that is published now and then', () => {
    const likely = Object.values(tokens)
      .flatMap((token) => secretsIn(token(draw)))
      .filter((one) => !one.isCertain);
    expect(likely.map((one) => one.what)).toEqual(['a Google API key', 'a JSON Web Token']);
  });
});

describe('a private key', () => {
  it.each(Object.entries(privateKeys(draw)))('is known: %s', (_, key) => {
    const spellings = [key, `  ${key.replaceAll('\n', '\n    ')}`, JSON.stringify(key), key.replaceAll('\n', '\r\n')];
    for (const text of spellings) {
      const [first, ...more] = secretsIn(`a\n${text}`);
      expect([first?.isCertain, more]).toEqual([true, []]);
      expect(first!.what).toMatch(/^a (PGP |PuTTY )?private key$/);
      expect(key).toContain(first!.text);
    }
  });

  it.each(Object.entries(encryptedKeys(draw)))('may have a passphrase: %s', (_, key) => {
    expect(secretsIn(key)).toMatchObject([{ isCertain: false }]);
  });

  it('of WireGuard is one by what it is given to', () => {
    const key = wireGuardKey(draw);
    for (const name of ['privateKey = "', 'PrivateKey = ', 'presharedKey = "', 'PresharedKey=', '"private_key": "']) {
      expect(secretsIn(`${name}${key}`), name).toMatchObject([{ what: 'a WireGuard key' }]);
    }
    for (const name of ['publicKey = "', 'PublicKey = ', '', 'x']) expect(secretsIn(`${name}${key}`), name).toEqual([]);
  });
});

describe('what is public', () => {
  it.each(publicThings(draw))('is no secret: %#', (text) => {
    expect(secretsIn(text)).toEqual([]);
    expect(secretsIn(`x = "${text}";`)).toEqual([]);
  });

  it('is none in random words, paths and digits', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: 300 }), (seed, length) => {
        const draw = drawing(seed);
        const alphabets = [
          'abcdef0123456789',
          'abcdefghijklmnopqrstuvwxyz-./',
          'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/',
        ];
        for (const characters of alphabets) expect(secretsIn(draw(characters, length))).toEqual([]);
      }),
      { numRuns: runs },
    );
  });
});

describe('the search', () => {
  /** The least time of some runs, in milliseconds: what else the machine does only adds to it. */
  const least = (run: () => void) =>
    Math.min(
      ...[1, 2, 3].map(() => {
        const start = performance.now();
        run();
        return performance.now() - start;
      }),
    );

  const hostile = [
    ...[
      'A',
      '.',
      ':',
      'a.b:',
      'M',
      'MMMMMMMMMMMMMMMMMMMMMMMM.',
      'N.aaaaaa.',
      '1234567890:AA',
      'x=',
      '-----',
      'secret="',
    ],
    ...[
      'ghp_',
      'eyJ',
      'eyJaaaaaaaaaaaaaaa.',
      'sk-ant-api03-',
      'sk-proj-T3BlbkFJ',
      'dp.pt.',
      'SG.',
      'tskey-auth-',
      'xoxb-1',
    ],
    ...['AKIA', 'AKIAQQQQQQQQQQQQQQQQ secret=', 'https://hooks.slack.com/services/', 'PRIVATE KEY', 'PRIVATE KEY-----'],
    ...[
      '-----BEGIN PRIVATE KEY-----',
      '-----BEGIN A B C PRIVATE KEY BLOCK-----\n',
      'PuTTY-User-Key-File-',
      'Private-Lines: ',
    ],
    'privateKey = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";',
  ];

  it.each(hostile)('takes a time that grows with the text, not faster: %s', (unit) => {
    const text = (length: number) => unit.repeat(Math.ceil(length / unit.length));
    const [small, large] = [text(100_000), text(800_000)];
    secretsIn(small);
    // Eight times the text; what grows with the square takes sixty-four times as long.
    expect(least(() => secretsIn(large))).toBeLessThan(24 * least(() => secretsIn(small)) + 20);
  });
});

describe('the name of an option', () => {
  it.each([
    ['password', 'password'],
    ['rootPassword', 'password'],
    ['smtp-password', 'password'],
    ['passphrase', 'password'],
    ['psk', 'password'],
    ['pskRaw', 'password'],
    ['initialPassword', 'initial'],
    ['defaultAdminPassword', 'initial'],
    ['token', 'likely'],
    ['GITHUB_TOKEN', 'likely'],
    ['client_secret', 'likely'],
    ['apiKey', 'likely'],
    ['secretKey', 'likely'],
    ['requirePass', 'likely'],
    ['PASSWD', 'likely'],
  ])('says what it takes: %s', (name, kind) => {
    expect(secretName(name)).toBe(kind);
  });

  it.each([
    ...[
      'hashedPassword',
      'initialHashedPassword',
      'passwordFile',
      'password_file',
      'passwordCommand',
      'PasswordAuthentication',
    ],
    ...[
      'passwordEval',
      'askPassword',
      'proxyPass',
      'pass',
      'bypass',
      'publicKey',
      'key',
      'sshKey',
      'secretName',
      'secrets',
    ],
    ...['tokenFile', 'initialClusterToken', 'secretsFile', 'editor.tokenColors', 'compass'],
  ])('says that it is something else: %s', (name) => {
    expect(secretName(name)).toBeUndefined();
  });
});

describe('a text for such an option', () => {
  it.each([
    ...[
      '',
      '  ',
      '/run/secrets/x',
      '~/x',
      './x',
      'file:///run/x',
      '$PASSWORD',
      '${PASSWORD}',
      '$__file{/run/x}',
      '$6$salt$hash',
    ],
    ...[
      '@password@',
      '%PASSWORD%',
      '#password#',
      '<password>',
      '{{ password }}',
      '{env.PASSWORD}',
      'x-${PASSWORD}',
      '__PASSWORD__',
    ],
    ...[
      'ext:home',
      'env:PASSWORD',
      'op://vault/item',
      'ENC[AES256_GCM,data:x]',
      '!secret password',
      '!',
      '*',
      '{SSHA}abcdef',
    ],
    ...[
      'argon2:$argon2id$v=19',
      'sha1:67c9e60bb8b6',
      "open('/run/x').read()",
      'REPLACE_ME',
      'MY_ACCESS_TOKEN',
      'xxxxxxxx',
      '...',
    ],
  ])('is no secret itself: %s', (text) => {
    expect(isPlainSecret(text, true)).toBe(false);
    expect(isPlainSecret(text, false)).toBe(false);
  });

  it.each(['hunter2', 'correct horse battery staple', 'pa$$word', '1234', 'Tr0ub4dor&3'])('is one: %s', (text) => {
    expect(isPlainSecret(text, true)).toBe(true);
  });

  it.each(['short', 'gh auth token', 'enabled', 'always'])(
    'is one only for an option that takes nothing else: %s',
    (text) => {
      expect([isPlainSecret(text, true), isPlainSecret(text, false)]).toEqual([true, false]);
    },
  );
});
