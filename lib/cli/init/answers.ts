import { hostname, userInfo } from 'node:os';
import { Flake } from '../../constructs/flake';
import { HomeUser } from '../../constructs/home-user';
import { Host } from '../../constructs/host';
import type { System } from '../../constructs/names';
import { reportedAt } from '../../constructs/report';
import type { Diagnostic } from '../../diagnostics';
import { UsageError } from '../terminal/usage-error';

/** The kinds of projects. */
export const kinds = ['app', 'library'] as const;
export type Kind = (typeof kinds)[number];

/** What the command line says about a new project. */
export interface GivenAnswers {
  readonly template?: string;
  readonly host?: string;
  readonly system?: string;
  readonly user?: string;
}

/** What is to be known about a new project, and which of it nobody has said yet. */
export interface KnownAnswers {
  readonly kind: Kind;
  readonly host: string;
  readonly system: System;
  readonly user: string;
  readonly open: ReadonlySet<keyof GivenAnswers>;
}

/**
 * What the command line says, completed from the machine that we run on.
 *
 * @throws UsageError with everything that is wrong
 */
export function givenAnswers(given: GivenAnswers): KnownAnswers {
  const { template = 'app', host = ownHost(), system = ownSystem(), user = ownUser() } = given;
  const problems = [...checkKind(template), ...checkHost(host, system), ...checkUser(user)];
  if (problems.length) throw new UsageError(problems);
  const open = (['template', 'host', 'system', 'user'] as const).filter((key) => given[key] === undefined);
  return { kind: template as Kind, host, system: system as System, user, open: new Set(open) };
}

function checkKind(kind: string): Diagnostic[] {
  if ((kinds as readonly string[]).includes(kind)) return [];
  return [
    {
      code: 'init-template',
      severity: 'error',
      message: `'${kind}' is not a template`,
      help: `use one of ${kinds.join(', ')}`,
    },
  ];
}

/** What is wrong with a host's name and system. */
export function checkHost(name: string, system: string = ownSystem()): Diagnostic[] {
  return problemsOf(() => new Host(new Flake(), name, { system: system as System }), name);
}

/** What is wrong with a user's name. */
export function checkUser(name: string): Diagnostic[] {
  return problemsOf(() => new HomeUser(new Host(new Flake(), 'host', { system: 'x86_64-linux' }), name), name);
}

/** What a construct says of itself, without the place: nobody has written it. */
function problemsOf(make: () => Host | HomeUser, value: string): Diagnostic[] {
  if (value === '') return [{ code: 'init-option', severity: 'error', message: 'a name is empty', help: 'give one' }];
  return reportedAt(make()).map(({ code, severity, message, help }) => ({
    code,
    severity,
    message,
    ...(help !== undefined && { help }),
  }));
}

function ownHost(): string {
  const name = hostname().split('.')[0]!.toLowerCase();
  return checkHost(name).length ? 'laptop' : name;
}

function ownUser(): string {
  const name = process.env.USER || userInfo().username;
  return name === 'root' || checkUser(name).length ? 'me' : name;
}

function ownSystem(): System {
  const arch = process.arch === 'arm64' ? 'aarch64' : 'x86_64';
  return `${arch}-${process.platform === 'darwin' ? 'darwin' : 'linux'}`;
}
