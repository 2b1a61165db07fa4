import { Construct, type IConstruct } from 'constructs';
import { closest } from 'fastest-levenshtein';
import { failure, type Place, type Position, propOf, userPosition } from '../diagnostics';
import { isExpr, quoted, toNode } from '../module';
import { NixValueError } from '../nix';
import { addError, pathOf } from './report';

/** Linux systems that nixpkgs can build a NixOS for (lib.systems.doubles). */
export const linuxSystems = [
  'x86_64-linux',
  'aarch64-linux',
  'i686-linux',
  'armv6l-linux',
  'armv7l-linux',
  'riscv64-linux',
  'powerpc64le-linux',
  'loongarch64-linux',
] as const;

/** macOS systems that nix-darwin serves. */
export const darwinSystems = ['aarch64-darwin', 'x86_64-darwin'] as const;

export type LinuxSystem = (typeof linuxSystems)[number];
export type DarwinSystem = (typeof darwinSystems)[number];

/** A platform, as Nix writes it. */
export type System = LinuxSystem | DarwinSystem;

/** Whether a system is macOS. */
export function isDarwin(system: string): system is DarwinSystem {
  return system.endsWith('-darwin');
}

/** A construct, and where it is made. */
type Positioned = IConstruct & { readonly position: Position | undefined };

/** RFC 1123, and what `networking.hostName` of NixOS takes. */
const label = /^[A-Za-z0-9]([A-Za-z0-9_-]{0,61}[A-Za-z0-9])?$/;

/** The longest name in the DNS (RFC 1035, 2.3.4). */
const longestName = 253;

/** Checks the id of a host: a name, or a fully qualified one. */
export function checkHostId(host: IConstruct, id: string): void {
  if (id.length <= longestName && id.split('.').every((part) => label.test(part))) return;
  addError(host, {
    code: 'host-name',
    message: `${quoted(id)} is not a host name`,
    help:
      'use 1 to 63 letters, digits, "-" and "_", with a letter or digit at both ends; ' +
      'a domain may follow, as in web1.example.org',
  });
}

/** Checks the name of a host on the network. */
export function checkHostName(host: Positioned, name: unknown): void {
  if (typeof name === 'string' && label.test(name)) return;
  addError(host, {
    code: 'host-name',
    message: `hostName takes the name of a host, not ${quoted(name)}`,
    position: propOf(host.position, ['hostName']),
    help:
      'use 1 to 63 letters, digits, "-" and "_", with a letter or digit at both ends; ' +
      'the domain is an option of its own, networking.domain',
  });
}

/** Checks a user name (useradd(8) of shadow, and what `users.users` of NixOS takes). */
export function checkUserName(user: IConstruct, name: string): void {
  if (/^[A-Za-z_][A-Za-z0-9_.-]{0,30}$/.test(name)) return;
  addError(user, {
    code: 'user-name',
    message: `${quoted(name)} is not a user name`,
    help: 'use up to 31 letters, digits, ".", "-" and "_", starting with a letter or "_"',
  });
}

/**
 * Checks the `system` of a host or a standalone home.
 *
 * @param position where it stands
 */
export function checkSystem(construct: IConstruct, what: string, system: unknown, position = userPosition()): void {
  const known: readonly string[] = [...linuxSystems, ...darwinSystems];
  if (typeof system === 'string' && known.includes(system)) return;
  if (system === undefined) {
    addError(construct, {
      code: 'system-missing',
      message: `${what} has no system`,
      position,
      help: `say which platform it runs on, for example { system: 'x86_64-linux' }`,
    });
    return;
  }
  addError(construct, {
    code: 'system-unknown',
    message: `${what} has the unknown system ${quoted(system)}`,
    position,
    help:
      typeof system === 'string'
        ? `did you mean '${likelySystem(system, known)}'? known: ${known.join(', ')}`
        : `use one of ${known.join(', ')}`,
  });
}

/** What else processors and operating systems are called, with Nix's names. */
const nicknames: readonly (readonly [RegExp, string])[] = [
  [/-(unknown|apple|pc)(?=-)|-(gnu|musl)$/g, ''],
  [/amd64|x64|x86[-_]?64|^x86(?![-_]?64)/, 'x86_64'],
  [/arm64/, 'aarch64'],
  [/i[3-5]86/, 'i686'],
  [/mac(os)?|osx/, 'darwin'],
  [/nixos/, 'linux'],
  [/^(linux|darwin)[-_/](.+)$/, '$2-$1'],
  [/^linux$/, 'x86_64-linux'],
  [/^darwin$/, 'aarch64-darwin'],
  [/^\w+$/, '$&-linux'],
];

/** The known system that a name most likely stands for. */
function likelySystem(name: string, known: readonly string[]): string {
  const spelt = nicknames.reduce((text, [nickname, nix]) => text.replace(nickname, nix), name.toLowerCase());
  return closest(spelt, known);
}

/** File systems take names of 255 bytes; the names of a user and a host may be added to an id. */
const longestId = 150;

/** Checks an id that becomes part of a file name. */
export function checkFileName(construct: IConstruct, id: string): void {
  if (id.length > longestId) {
    addError(construct, {
      code: 'feature-id',
      message: `an id of ${id.length} characters cannot name a module's file`,
      help: `use up to ${longestId} characters`,
    });
    return;
  }
  if (/^[A-Za-z0-9_][A-Za-z0-9._+ -]*$/.test(id)) return;
  addError(construct, {
    code: 'feature-id',
    message: `${quoted(id)} cannot name a module's file`,
    help: 'use letters, digits, ".", "-" and "_", starting with a letter or digit',
  });
}

/**
 * The id, if its scope can take it: to be called in the arguments of `super`.
 *
 * @throws CdknixError `id-taken`, `scope-missing`
 */
export function freeId(what: string, scope: unknown, id: string): string {
  if (!Construct.isConstruct(scope)) {
    throw failure({
      code: 'scope-missing',
      message: `${what} ${quoted(id)} was made without a scope`,
      position: userPosition(),
      help: 'give the construct that it belongs to as the first argument',
    });
  }
  if (typeof id !== 'string' || id === '') {
    throw failure({
      code: 'id-missing',
      message: `${what} in ${pathOf(scope)} was made without an id`,
      position: userPosition(),
      help: 'give a name as the second argument',
    });
  }
  const other = scope.node.tryFindChild(id);
  if (other) {
    throw failure({
      code: 'id-taken',
      message: `there is already ${quoted(id)} in ${pathOf(scope)}`,
      path: pathOf(scope),
      position: userPosition(),
      help: 'ids are unique within their scope: choose another one',
      related: positionOf(other) ? [{ message: 'the first one was made here:', position: positionOf(other) }] : [],
    });
  }
  return id;
}

function positionOf(construct: IConstruct) {
  return (construct as { position?: ReturnType<typeof userPosition> }).position;
}

/**
 * The names in a list that the user gave.
 *
 * @param positionOf where the list, or something in it, stands
 * @throws CdknixError `not-names`
 */
export function namesIn(
  what: string,
  names: unknown,
  positionOf: (place: Place) => Position | undefined = userPosition,
): readonly string[] {
  const wrong = Array.isArray(names) ? names.findIndex((name) => typeof name !== 'string' || name === '') : undefined;
  if (wrong === -1) return names as string[];
  throw failure({
    code: 'not-names',
    message: `${what} takes names, and was given ${wrong === undefined ? quoted(names) : inList((names as unknown[])[wrong])}`,
    position: positionOf(wrong === undefined ? [] : [wrong]),
    help: wrong === undefined ? 'write a list of strings' : 'give it strings, each a name of its own',
  });
}

const inList = (one: unknown) => (Array.isArray(one) ? 'a list among them' : quoted(one));

/** Checks the names and the values of `specialArgs` and `extraSpecialArgs`. */
export function checkArgs(
  construct: Positioned,
  props: Partial<Record<'specialArgs' | 'extraSpecialArgs', unknown>>,
): void {
  for (const name of ['specialArgs', 'extraSpecialArgs'] as const) {
    const args = props[name];
    // What is no object is refused as the value of a prop.
    if (typeof args !== 'object' || args === null || Array.isArray(args)) continue;
    try {
      toNode(args, undefined, { path: [name] });
    } catch (error) {
      if (!(error instanceof NixValueError)) throw error;
      addError(construct, { code: 'value', message: error.message, position: propOf(construct.position, error.path) });
    }
    if (isExpr(args) || !Object.hasOwn(args, 'inputs')) continue;
    addError(construct, {
      code: 'args-reserved',
      message: "every module is given 'inputs' already",
      position: propOf(construct.position, [name, 'inputs']),
      help: 'give your argument another name',
    });
  }
}
