import { generateKeyPairSync } from 'node:crypto';

const lower = 'abcdefghijklmnopqrstuvwxyz';
const digits = '0123456789';
const hex = `${digits}abcdef`;
const alnum = lower + lower.toUpperCase() + digits;
const word = `${alnum}_-`;
const base64 = `${alnum}+/`;

/** Characters by chance: the same for the same seed. */
export type Draw = (characters: string, count: number) => string;

/** Draws by a seed (mulberry32). No secret stands in this repository, so that nobody has to wonder whether it is one. */
export function drawing(seed: number): Draw {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return (characters, count) =>
    Array.from({ length: count }, () => characters[Math.floor(next() * characters.length)]).join('');
}

const wireGuard = (draw: Draw) => `${draw(base64, 42)}${draw('AEIMQUYcgkosw048', 1)}=`;
const json = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A token of each kind. */
export const tokens: Readonly<Record<string, (draw: Draw) => string>> = {
  'an age secret key': (draw) => `AGE-SECRET-KEY-1${draw('QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L', 58)}`,
  'an Anthropic API key': (draw) => `sk-ant-api03-${draw(word, 93)}AA`,
  'an Atlassian API token': (draw) => `ATATT3xFfGF0${draw(word, 180)}=${draw('ABCDEF0123456789', 8)}`,
  'a Cloudflare tunnel token': (draw) =>
    Buffer.from(JSON.stringify({ a: draw(hex, 32), t: draw(hex, 36), s: draw(base64, 32) })).toString('base64'),
  'a Databricks token': (draw) => `dapi${draw(hex, 32)}`,
  'a DigitalOcean token': (draw) => `dop_v1_${draw(hex, 64)}`,
  'a Discord bot token': (draw) => `M${draw(alnum, 25)}.${draw(word, 6)}.${draw(word, 38)}`,
  'a Discord webhook': (draw) => `https://discord.com/api/webhooks/${draw('123456789', 19)}/${draw(word, 68)}`,
  'a Docker access token': (draw) => `dckr_pat_${draw(word, 27)}`,
  'a Doppler token': (draw) => `dp.st.prd.${draw(alnum, 43)}`,
  'a Figma token': (draw) => `figd_${draw(word, 40)}`,
  'a GitHub token': (draw) => `ghp_${draw(alnum, 36)}`,
  'a GitLab token': (draw) => `glpat-${draw(word, 20)}`,
  'a Google API key': (draw) => `AIza${draw(word, 35)}`,
  'a Google OAuth client secret': (draw) => `GOCSPX-${draw(word, 28)}`,
  'a Grafana token': (draw) => `glsa_${draw(alnum, 32)}_${draw(hex, 8)}`,
  'a HashiCorp Vault token': (draw) => `hvs.${draw(word, 95)}`,
  'a Hugging Face token': (draw) => `hf_${draw(alnum, 34)}`,
  'a JSON Web Token': (draw) =>
    `${json({ alg: 'HS256', typ: 'JWT' })}.${json({ sub: draw(digits, 10), name: draw(lower, 12) })}.${draw(word, 43)}`,
  'a Linear API key': (draw) => `lin_api_${draw(alnum, 40)}`,
  'a New Relic key': (draw) => `NRAK-${draw(digits + lower.toUpperCase(), 27)}`,
  'a Nix signing key': (draw) => `cache.home.arpa-1:${draw(base64, 86)}==`,
  'a Notion token': (draw) => `ntn_${draw(digits, 11)}${draw(alnum, 35)}`,
  'an npm token': (draw) => `npm_${draw(alnum, 36)}`,
  'an OpenAI API key': (draw) => `sk-proj-${draw(word, 58)}T3BlbkFJ${draw(word, 58)}`,
  'a Postman API key': (draw) => `PMAK-${draw(hex, 24)}-${draw(hex, 34)}`,
  'a Pulumi token': (draw) => `pul-${draw(hex, 40)}`,
  'a PyPI token': (draw) => `pypi-AgEIcHlwaS5vcmc${draw(word, 120)}`,
  'a RubyGems API key': (draw) => `rubygems_${draw(hex, 48)}`,
  'a SendGrid API key': (draw) => `SG.${draw(word, 22)}.${draw(word, 43)}`,
  'a Sentry token': (draw) => `sntryu_${draw(hex, 64)}`,
  'a Shopify token': (draw) => `shpat_${draw(hex, 32)}`,
  'a Slack token': (draw) => `xoxb-${draw(digits, 12)}-${draw(digits, 13)}-${draw(alnum, 24)}`,
  'a Slack webhook': (draw) =>
    `https://hooks.slack.com/services/T${draw(digits, 9)}/B${draw(digits, 9)}/${draw(alnum, 24)}`,
  'a Square token': (draw) => `sq0atp-${draw(word, 22)}`,
  'a Stripe key': (draw) => `sk_live_${draw(alnum, 24)}`,
  'a Stripe webhook secret': (draw) => `whsec_${draw(alnum, 32)}`,
  'a Tailscale key': (draw) => `tskey-auth-${draw(alnum, 12)}CNTRL-${draw(alnum, 32)}`,
  'a Telegram bot token': (draw) => `${draw('123456789', 10)}:AA${draw(word, 33)}`,
  'a Terraform Cloud token': (draw) => `${draw(alnum, 14)}.atlasv1.${draw(word, 67)}`,
  'a WireGuard key': (draw) => `PrivateKey=${wireGuard(draw)}`,
  'an AWS secret access key': (draw) =>
    `aws_access_key_id=AKIA${draw('ABCDEFGHIJKLMNOP234567', 16)} aws_secret_access_key=${draw(base64, 40)}`,
};

/** A key as WireGuard writes it; private and public ones have the same form. */
export { wireGuard as wireGuardKey };

const rows = (text: string) => text.replace(/.{70}/g, '$&\n');

/** Private keys in each armour. */
export function privateKeys(draw: Draw): Readonly<Record<string, string>> {
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
  const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
  const ed25519 = generateKeyPairSync('ed25519').privateKey;
  const openSsh = (cipher: string) => {
    const name = Buffer.concat([Buffer.from([0, 0, 0, cipher.length]), Buffer.from(cipher)]);
    const head = Buffer.concat([Buffer.from('openssh-key-v1\0'), name])
      .toString('base64')
      .replace(/=+$/, '');
    return rows(head + draw(base64, 300));
  };
  return {
    'PKCS #1': String(rsa.export({ type: 'pkcs1', format: 'pem' })),
    'PKCS #8': String(rsa.export({ type: 'pkcs8', format: 'pem' })),
    'SEC 1': String(ec.export({ type: 'sec1', format: 'pem' })),
    Ed25519: String(ed25519.export({ type: 'pkcs8', format: 'pem' })),
    OpenSSH: `-----BEGIN OPENSSH PRIVATE KEY-----\n${openSsh('none')}\n-----END OPENSSH PRIVATE KEY-----\n`,
    PGP: `-----BEGIN PGP PRIVATE KEY BLOCK-----\n\n${rows(draw(base64, 500))}\n-----END PGP PRIVATE KEY BLOCK-----\n`,
    PuTTY: `PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: none\nComment: c\nPublic-Lines: 1\n${draw(base64, 60)}\nPrivate-Lines: 1\n${draw(base64, 48)}\nPrivate-MAC: ${draw(hex, 64)}\n`,
  };
}

/** Private keys that a passphrase protects. */
export function encryptedKeys(draw: Draw): Readonly<Record<string, string>> {
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
  const by = { format: 'pem', cipher: 'aes-256-cbc', passphrase: 'x' } as const;
  const plain = privateKeys(draw);
  return {
    'PKCS #1': String(rsa.export({ type: 'pkcs1', ...by })),
    'PKCS #8': String(rsa.export({ type: 'pkcs8', ...by })),
    OpenSSH: plain.OpenSSH!.replace(
      /b3Bl\w+/,
      (row) => Buffer.from('openssh-key-v1\0\0\0\0\naes256-ctr').toString('base64') + row.slice(31),
    ),
    PuTTY: plain.PuTTY!.replace('Encryption: none', 'Encryption: aes256-cbc'),
  };
}

/** What is public, however much it looks like a secret. */
export function publicThings(draw: Draw): readonly string[] {
  const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return [
    String(publicKey.export({ type: 'spki', format: 'pem' })),
    String(publicKey.export({ type: 'pkcs1', format: 'pem' })),
    `-----BEGIN CERTIFICATE-----\n${rows(draw(base64, 900))}\n-----END CERTIFICATE-----`,
    `-----BEGIN AGE ENCRYPTED FILE-----\n${rows(draw(base64, 300))}\n-----END AGE ENCRYPTED FILE-----`,
    `-----BEGIN PGP MESSAGE-----\n\n${rows(draw(base64, 300))}\n-----END PGP MESSAGE-----`,
    `-----BEGIN PGP PUBLIC KEY BLOCK-----\n\n${rows(draw(base64, 300))}\n-----END PGP PUBLIC KEY BLOCK-----`,
    `ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI${draw(base64, 43)} anna@desk`,
    `sk-ssh-ed25519@openssh.com AAAAGnNrLXNzaC1lZDI1NTE5QG9wZW5zc2guY29t${draw(base64, 40)}`,
    `age1${draw('qpzry9x8gf2tvdw0s3jn54khce6mua7l', 58)}`,
    `PublicKey=${wireGuard(draw)}`,
    `cache.nixos.org-1:${draw(base64, 43)}=`,
    `sha256-${draw(base64, 43)}=`,
    `sha512-${draw(base64, 86)}==`,
    draw(hex, 40),
    draw(hex, 64),
    `/nix/store/${draw(`${digits}abcdfghijklmnpqrsvwxyz`, 32)}-source/modules/services/networking/wireguard.nix`,
    `$6$${draw(alnum, 16)}$${draw(`${alnum}./`, 86)}`,
    `$y$j9T$${draw(`${alnum}./`, 22)}$${draw(`${alnum}./`, 43)}`,
    `AKIA${draw('ABCDEFGHIJKLMNOP234567', 16)}`,
    `${json({ alg: 'none' })}.${json({ sub: draw(lower, 12) })}.`,
    `ENC[AES256_GCM,data:${draw(base64, 60)},iv:${draw(base64, 43)}=,tag:${draw(base64, 22)}==,type:str]`,
    `data:image/png;base64,${draw(base64, 4000)}`,
    // What manuals have in the place of a secret.
    `ghp_${'x'.repeat(36)}`,
    'ghp_0123456789abcdefghijklmnopqrstuvwxyz',
    `glpat-${'X'.repeat(20)}`,
    'AKIAIOSFODNN7EXAMPLE secret_key=wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
    'sed -n "/-----BEGIN PRIVATE KEY-----/,/-----END PRIVATE KEY-----/p"',
    '-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQ...\n-----END OPENSSH PRIVATE KEY-----',
  ];
}

/** A secret as people write it, and what of it nobody may see. */
export interface WrittenSecret {
  readonly text: string;
  readonly hidden: readonly string[];
}

/** Secrets of each form in which they come: tokens, keys, passwords in URLs and behind names, in base64. */
export function writtenSecrets(draw: Draw): Readonly<Record<string, WrittenSecret>> {
  const whole = (text: string): WrittenSecret => ({ text, hidden: [text] });
  const rowsOf = (key: string) => key.split('\n').filter((row) => /^[A-Za-z0-9+/=]{20,}$/.test(row));
  const keys = Object.entries(privateKeys(draw)).map(([name, text]) => [name, { text, hidden: rowsOf(text) }] as const);
  const pem = privateKeys(draw)['PKCS #8']!;
  const encoded = Buffer.from(pem).toString('base64');
  const password = draw(alnum, 16);
  const aws = tokens['an AWS secret access key']!(draw);
  return {
    ...Object.fromEntries(Object.entries(tokens).map(([name, make]) => [name, whole(make(draw))])),
    ...Object.fromEntries(keys),
    'an AWS secret access key': { text: aws, hidden: [aws.slice(-40)] },
    'a password in a URL': { text: `postgres://anna:${password}@db.home.arpa/app`, hidden: [password] },
    'a password in the URL of a flake': { text: `git+https://x:${password}@git.home.arpa/a`, hidden: [password] },
    'a variable of an environment': { text: `FOO_TOKEN=${password}`, hidden: [password] },
    'an option of a command': { text: `serve --password=${password} --port 1`, hidden: [password] },
    'a text behind a name': { text: `password = "${password}"`, hidden: [password] },
    'a key in base64': { text: encoded, hidden: [encoded.slice(60, 200), encoded.slice(-200)] },
    'a token in base64': whole(Buffer.from(`oauth: ${tokens['a GitHub token']!(draw)}\n`).toString('base64')),
  };
}

/** The first six characters in a row of what is hidden that a text shows all the same. */
export function partShown({ hidden }: WrittenSecret, text: string): string | undefined {
  for (const secret of hidden) {
    for (const run of secret.match(/[A-Za-z0-9]{12,}/g) ?? []) {
      // The marks of tokens are no secret, and stand in our own messages.
      for (let i = 6; i + 6 <= run.length; i++) if (text.includes(run.slice(i, i + 6))) return run.slice(i, i + 6);
    }
  }
  return undefined;
}
