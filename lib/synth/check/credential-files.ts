import { basename, dirname } from 'node:path';
import { isPlainSecret, type Range, secretName } from '../../redaction';

/** A secret in a file that programs keep their credentials in. */
export interface Credential extends Range {
  /** What it is, for people: a name, or what it is for. */
  readonly what: string;
}

/** A format of files with credentials. */
interface Format {
  /** The name of the file, and of its folder. */
  readonly file: RegExp;
  /** Matches an entry, with its groups `name`, if it has one, and `value`. */
  readonly entry: RegExp;
  /** What an entry without a name is. */
  readonly what?: string;
}

const named = /^[ \t]*(?:export[ \t]+)?["']?(?<name>[\w.-]+)["']?[ \t]*[:=][ \t]*["']?(?<value>[^\s"'#]+)/gm;

/** From the manuals of the programs that read them. */
const formats: readonly Format[] = [
  // curl, git, ftp
  { file: /\/[._]?netrc$/, entry: /\bpassword\s+(?<value>\S+)/g, what: 'a password' },
  // libpq: host, port, database and user before it
  {
    file: /\/\.?pgpass(?:\.conf)?$/,
    entry: /^(?!#)(?:(?:\\.|[^:\\\r\n]){0,200}:){4}(?<value>[^\s]+)/gm,
    what: 'a password',
  },
  { file: /\/\.?npmrc$/, entry: /(?<name>_auth(?:Token)?|_password)[ \t]*=[ \t]*["']?(?<value>[^\s"']+)/g },
  { file: /\/\.aws\/credentials$|\/aws[_-]credentials$/, entry: named },
  { file: /\/\.?docker\/config\.json$|\/\.dockercfg$/, entry: /"(?<name>auth)"\s*:\s*"(?<value>[^"]{8,})"/g },
  // MySQL, PyPI, S3, rclone, wpa_supplicant, Kubernetes, Cargo, Terraform, environments
  {
    file: /\/(?:\.my\.cnf|\.pypirc|\.s3cfg|\.boto|rclone\.conf|wpa_supplicant\.conf|kubeconfig|\.?kube\/config)$/,
    entry: named,
  },
  { file: /\/(?:\.?cargo\/credentials(?:\.toml)?|\.terraformrc|credentials\.tfrc\.json)$/, entry: named },
  { file: /\/(?:\.env[^/]*|[^/]+\.env|secrets?\.(?:ya?ml|json|toml|ini|conf|sh))$/, entry: named },
];

/** Names that are secrets in such files, and may be anything elsewhere. */
const own = /^_?auth(?:Token)?$|^aws_secret_access_key$|^aws_session_token$|^_password$/;

/** Whether a file shows how another one is written. */
export function isExampleFile(path: string): boolean {
  return /example|sample|template|\.dist\b/i.test(basename(path));
}

/** The credentials in a file, if it is of a kind that is for them. */
export function credentialsIn(path: string, text: string): Credential[] {
  const place = `/${basename(dirname(path))}/${basename(path)}`;
  return formats
    .filter(({ file }) => file.test(place))
    .flatMap(({ entry, what = '' }) =>
      [...text.matchAll(entry)].flatMap((match) => {
        const { name, value = '' } = match.groups!;
        if (!isPlainSecret(value, name === undefined || own.test(name)) || !isSecretName(name)) return [];
        const start = match.index + match[0].lastIndexOf(value);
        return [{ what: name ?? what, start, end: start + value.length }];
      }),
    );
}

const isSecretName = (name: string | undefined) =>
  name === undefined || own.test(name) || secretName(name) !== undefined;
