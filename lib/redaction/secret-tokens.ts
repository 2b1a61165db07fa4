import { rowsIn } from './rows';
import type { SecretText } from './secret-text';

interface Kind {
  readonly what: string;
  /** What all of its kind have in common, and little else has. */
  readonly mark: string;
  readonly before?: string;
  readonly after: string;
  readonly isLikely?: true;
}

/** What may not stand before a token, or it is the middle of something else; `--` is a slash in a construct's path. */
const boundary = '(?<!\\w|(?<!-)-)';
const alnum = '[A-Za-z0-9]';
const word = '[\\w-]';

/**
 * Tokens that their issuers gave a mark of their own, so that they can be found: from the documentation of each. All have
 * twenty characters in a row of letters, digits and `_-+/`. No part is unbounded where its mark may repeat in it.
 */
const kinds: readonly Kind[] = [
  { what: 'an age secret key', mark: 'AGE-SECRET-KEY-', after: '(?:PQ-)?1[02-9AC-HJ-NP-Z]{58,200}' },
  { what: 'an Anthropic API key', mark: 'sk-ant-', after: `[a-z]{3,10}\\d\\d-${word}{80,200}` },
  { what: 'an Atlassian API token', mark: 'ATATT3', after: '[\\w=-]{180,250}' },
  { what: 'a Cloudflare tunnel token', mark: 'eyJhIjoi', after: '[A-Za-z0-9+/]{100,500}(?![\\w.-])' },
  { what: 'a Databricks token', mark: 'dapi', after: '[a-f0-9]{32}(?![A-Za-z0-9])' },
  { what: 'a DigitalOcean token', mark: 'do[opr]_v1_', after: '[a-f0-9]{64}' },
  {
    what: 'a Discord bot token',
    before: `${boundary}[MNO]${word}{23,27}`,
    mark: '\\.[\\w-]{6}\\.',
    after: `${word}{27,38}(?![\\w.-])`,
  },
  {
    what: 'a Discord webhook',
    before: '',
    mark: 'discord(?:app)?\\.com/api/webhooks/',
    after: `\\d{17,20}/${word}{60,80}`,
  },
  { what: 'a Docker access token', mark: 'dckr_[op]at_', after: `${word}{27,40}` },
  { what: 'a Doppler token', mark: 'dp\\.', after: `(?:pt|st|ct|sa|scim|audit)\\.(?:[\\w-]{1,35}\\.)?${alnum}{40,44}` },
  { what: 'a Figma token', mark: 'figd_', after: `${word}{40,60}` },
  { what: 'a GitHub token', mark: 'gh[opsru]_', after: `${alnum}{36,255}` },
  { what: 'a GitHub token', mark: 'github_pat_', after: `${alnum}{22}_${alnum}{59}` },
  { what: 'a GitLab token', mark: 'gl(?:pat|dt|rt|soat|ptt|oas|cbt|imt|agent)-', after: `${word}{20,300}` },
  { what: 'a Google API key', mark: 'AIza', after: `${word}{35}(?![\\w-])`, isLikely: true },
  { what: 'a Google OAuth client secret', mark: 'GOCSPX-', after: `${word}{28}` },
  { what: 'a Grafana token', mark: 'glsa_', after: `${alnum}{32}_[a-f0-9]{8}` },
  { what: 'a HashiCorp Vault token', mark: 'hv[bs]\\.', after: `${word}{90,300}` },
  { what: 'a Hugging Face token', mark: 'hf_', after: `${alnum}{34}(?![A-Za-z0-9])` },
  {
    what: 'a JSON Web Token',
    before: '(?<![\\w.-])',
    mark: 'eyJ',
    after: `${word}{10,}\\.eyJ${word}{10,}\\.${word}{40,}(?!\\.)`,
    isLikely: true,
  },
  { what: 'a Linear API key', mark: 'lin_api_', after: `${alnum}{40}` },
  { what: 'a New Relic key', mark: 'NRAK-', after: '[A-Z0-9]{27}' },
  { what: 'a Nix signing key', before: '(?<=[\\w.-]:)[A-Za-z0-9+/]{86}', mark: '==', after: '' },
  { what: 'a Notion token', mark: 'ntn_', after: `\\d{11}${alnum}{35}` },
  { what: 'an npm token', mark: 'npm_', after: `${alnum}{36}(?![A-Za-z0-9])` },
  { what: 'an OpenAI API key', mark: 'sk-', after: `(?:[a-z]{4,10}-)?${word}{20,100}T3BlbkFJ${word}{20,100}` },
  { what: 'a Postman API key', mark: 'PMAK-', after: '[a-f0-9]{24}-[a-f0-9]{34}' },
  { what: 'a Pulumi token', mark: 'pul-', after: '[a-f0-9]{40}(?![A-Za-z0-9])' },
  { what: 'a PyPI token', mark: 'pypi-AgE', after: `${word}{50,400}` },
  { what: 'a RubyGems API key', mark: 'rubygems_', after: '[a-f0-9]{48}' },
  { what: 'a SendGrid API key', mark: 'SG\\.', after: `${word}{22}\\.${word}{43}` },
  { what: 'a Sentry token', mark: 'sntry[su]_', after: '[\\w+/=-]{60,400}' },
  { what: 'a Shopify token', mark: 'shp(?:at|ca|pa|ss)_', after: '[a-fA-F0-9]{32}' },
  { what: 'a Slack token', mark: 'xox[abeprs]-', after: `(?:\\d{8,20}-){1,4}${alnum}{20,80}` },
  { what: 'a Slack token', mark: 'xapp-', after: `\\d-[A-Z0-9]{8,20}-\\d{8,20}-[a-f0-9]{64}` },
  {
    what: 'a Slack webhook',
    before: '',
    mark: 'hooks\\.slack\\.com/services/',
    after: `T[A-Z0-9]{8,12}/B[A-Z0-9]{8,12}/${alnum}{24}`,
  },
  { what: 'a Square token', mark: 'sq0(?:atp|csp)-', after: `${word}{22,43}` },
  { what: 'a Stripe key', mark: '[rs]k_live_', after: `${alnum}{24,247}` },
  { what: 'a Stripe webhook secret', mark: 'whsec_', after: `${alnum}{32,64}` },
  { what: 'a Tailscale key', mark: 'tskey-', after: `(?:auth|api|client|scim|webhook)-${alnum}{6,32}-${alnum}{20,64}` },
  {
    what: 'a Telegram bot token',
    before: `(?<![A-Za-z0-9])(?:bot)?\\d{8,10}`,
    mark: ':AA',
    after: `${word}{33}(?![\\w-])`,
  },
  {
    what: 'a Terraform Cloud token',
    before: `${boundary}${alnum}{14}`,
    mark: '\\.atlasv1\\.',
    after: `${word}{60,80}`,
  },
  { what: 'a WireGuard key', before: '(?:[Pp]rivate|[Pp]re[Ss]hared)', mark: 'Key=', after: '[A-Za-z0-9+/]{43}=' },
];

const patternOf = ({ before = boundary, mark, after }: Kind) => `${before}${mark}${after}`;

/** Whether it is worth to look closer. */
const marks = new RegExp(kinds.map((kind) => kind.mark).join('|'));
/** One group for each kind. */
const tokens = new RegExp(kinds.map((kind) => `(${patternOf(kind)})`).join('|'), 'g');

/** The tokens in a text. */
export function tokensIn(text: string): SecretText[] {
  const found: SecretText[] = [];
  for (const { wordStart, wordEnd } of rowsIn(text)) addTokens(text, wordStart, wordEnd, found);
  return found;
}

function addTokens(text: string, start: number, end: number, found: SecretText[]): void {
  const word = text.slice(start, end);
  if (marks.test(word)) {
    for (const match of word.matchAll(tokens)) {
      const { what, isLikely } = kinds[match.slice(1).findIndex((group) => group !== undefined)]!;
      const at = start + match.index;
      if (isRandom(match[0])) found.push({ what, isCertain: !isLikely, at, end: at + match[0].length, text: match[0] });
    }
  }
  if (isWireGuardKey(word) && wireGuardName.test(text.slice(Math.max(0, start - 40), start))) {
    found.push({ what: 'a WireGuard key', isCertain: true, at: start, end, text: word });
  }
  const id = awsId.exec(word);
  const secret = id && awsSecretNear(text, start + id.index);
  if (secret) found.push(secret);
}

/** What is written in examples: words, rows of one character, of the alphabet or of digits. */
const example =
  /example|placeholder|x{6}|\*{4}|0000000|abcdefgh|12345678|changeme|your[-_](?:token|key|secret|api|access)|([^A])\1{7}/i;

/** Whether a text is what a generator makes, and no example of it. */
function isRandom(text: string): boolean {
  return !example.test(text) && new Set(text).size >= 10;
}

/** Whether a text is 32 bytes as WireGuard writes its keys; public ones have the same form. */
function isWireGuardKey(text: string): boolean {
  return text.length === 44 && /^[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=$/.test(text) && isRandom(text);
}

/** What stands before a WireGuard key that is not public, in Nix and in the files of WireGuard and systemd. */
const wireGuardName = /(?:private|pre-?shared)_?key["']?\s*[=:]\s*["']*$/i;

/** The id of an access key of AWS. It is no secret; the one that belongs to it has no mark of its own. */
const awsId = /(?<![A-Za-z0-9+/_-])(?:AKIA|ASIA)[A-Z2-7]{16}(?![A-Za-z0-9+/_-])/;
const awsSecret = /secret[\w-]{0,30}["']?\s*[=:]\s*["']?([A-Za-z0-9/+]{40})(?![A-Za-z0-9/+=])/gi;

function awsSecretNear(text: string, id: number): SecretText | undefined {
  const from = Math.max(0, id - 400);
  for (const match of text.slice(from, id + 400).matchAll(awsSecret)) {
    const [whole, secret = ''] = match;
    // A hash of forty digits has small letters only.
    const isMixed = /[A-Z]/.test(secret) && /[a-z]/.test(secret);
    const at = from + match.index + whole.length - secret.length;
    if (!isMixed || !isRandom(secret)) continue;
    return { what: 'an AWS secret access key', isCertain: true, at, end: at + secret.length, text: secret };
  }
  return undefined;
}
