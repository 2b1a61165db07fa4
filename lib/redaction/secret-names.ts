/** What the name of an option says of the texts that it takes: passwords, such as are to be changed at once, or perhaps one. */
export function secretName(name: string): 'password' | 'initial' | 'likely' | undefined {
  const plain = name.toLowerCase().replace(/[^a-z0-9]/g, '');
  if (harmless.test(plain)) return undefined;
  if (/(?:password|passphrase)$|^pskr?a?w?$/.test(plain)) {
    return /^(?:initial|default)/.test(plain) ? 'initial' : 'password';
  }
  return /(?:passwd|secret|token|(?:api|auth|secret|shared)key)$/.test(plain) || /[a-z]Pass$/.test(name)
    ? 'likely'
    : undefined;
}

/** An option whose members are passwords, by the names of users. */
export const passwordsByUser = 'basicAuth';

/** What the names on the way to a text say of it. */
export function secretAt(path: readonly string[]): ReturnType<typeof secretName> {
  if (path.at(-2) === passwordsByUser) return 'initial';
  return path.length ? secretName(path.at(-1)!) : undefined;
}

/** Names of hashes, of programs that ask for a password, of URLs, and of what is called a token but is none. */
const harmless = /hashed|^(?:ssh|sudo)?askpass|^proxypass$|clustertoken$|^(?:no|empty)pass/;

/** Finds out whether a text of Nix gives such a name something that may be a secret, and no set, path, variable or the like. */
export const mayNameSecret =
  /(?:pass|passwd|password|passphrase|psk|pskraw|secret|token|key)["']?\s*=\s*(?!null\b|true\b|false\b|""|"?[/$@]|\.|config\.|[[{\d])|basicAuth[ .]/i;

/**
 * Whether a text is a secret itself, and not where to find one, what to put one in for, or its hash.
 *
 * @param isCertain whether it is given to an option that takes nothing but passwords
 */
export function isPlainSecret(text: string, isCertain: boolean): boolean {
  if (text.trim() === '' || elsewhere.some((form) => form.test(text))) return false;
  return isCertain || (text.length >= 6 && !/\s/.test(text) && !words.test(text));
}

const elsewhere = [
  // Paths and URLs of files.
  /^(?:\/|~\/|\.{1,2}\/|file:)/,
  // Variables, hashes of crypt(3), files and programs in the notation of some service: `$VAR`, `$6$…`, `$__file{…}`.
  /^\$/,
  // What is replaced when the service starts.
  /^@.*@$|^%.*%$|^#.*#$|^\{.*\}$|^<.*>$|^\[.*\]$|^__.*__$|\{\{.*\}\}|\$\{.*\}/s,
  // Where a secret store has it.
  /^(?:ext|env|environment|exec|cmd|command|op|vault|sops|age|secret|keyring|keychain|pass|gopass|systemd|ENC)[:[]/i,
  // Tags of YAML, and accounts that are locked.
  /^[!*]/,
  // Hashes: `{SSHA}…`, `argon2:…`.
  /^\{[A-Z0-9-]+\}|^(?:sha\d+|s?md5|argon2\w*|bcrypt|scrypt|pbkdf2\w*)[:$_]/i,
  // Code that reads one.
  /^[\w.]+\(.*\)/s,
  // What somebody has left to fill in.
  /^(?:x+|\.+|-+|_+)$|^(?:replace|change|your|insert|todo|fixme)[\s_-]/i,
  /^[A-Z]+(?:_[A-Z]+)+$/,
];

/** What options with such names take beside secrets. */
const words =
  /^(?:true|false|yes|no|on|off|none|null|auto|always|never|required?|optional|enabled?|disabled?|default|basic|bearer|prompt|ask)$/i;
