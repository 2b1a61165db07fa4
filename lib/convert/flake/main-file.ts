import { isDarwin } from '../../constructs/names';
import type { ModuleClass } from '../../options/config';
import { isChannel, latestChannel } from '../../synth/channel';
import type { Counts } from '../count';
import type { Why } from '../lower/context';
import type { Statement } from '../statements';
import { array, type Code, call, member, object, type Property, text, word } from '../typescript/code';
import { variableName } from '../typescript/names';
import { aliasesOf } from './aliases';
import { definitionsCode } from './definitions-code';
import { type Facts, ourWiring, plainWiring, type Wiring } from './facts';
import type { DeclaredInput } from './inputs';
import type { Argument, FlakeModel, MachineModel, ModuleModel, UserModel } from './model';
import { valueCode } from './value-code';

/** The code of `main.ts`. */
export interface MainCode {
  readonly header: readonly string[];
  /** Names from `cdknix`. */
  readonly imports: ReadonlySet<string>;
  /** Statements, with blank lines between groups. */
  readonly groups: readonly (readonly Statement[])[];
  /** The features that it uses, by their names. */
  readonly features: ReadonlySet<string>;
  /** Of the definitions in it. */
  readonly counts: Counts;
  readonly raws: readonly Why[];
}

/** What is known of a machine beside what the flake's own code says. */
export interface Known {
  /** What Nix says, where it was asked. */
  readonly facts?: Facts | undefined;
  /** Whether the code of its modules says what an option is, in plain sight. */
  says(option: readonly string[]): boolean;
  /** Whether the code of its modules has a word anywhere. */
  mentions(word: string): boolean;
}

/** The code of `main.ts` for a flake: its inputs, machines and outputs, everything imported as it is. */
export function mainCode(
  model: FlakeModel,
  knownOf: (machine: MachineModel) => Known,
  featureFor: (path: string) => string | undefined,
): MainCode {
  const imports = new Set<string>(['Flake']);
  const features = new Set<string>();
  const raws: Why[] = [];
  let definitions = 0;
  let raw = 0;
  const names = new Set<string>(['flake', ...featuresOf(model, featureFor)]);
  const variableOf = (name: string, kind: 'Host' | 'Home') => {
    const isTaken = (one: string) => names.has(one) || reserved.has(one);
    const own = variableName(name, () => false);
    const variable = variableName(isTaken(own) ? `${own}${kind}` : own, isTaken);
    names.add(variable);
    return variable;
  };
  const hosts = model.machines.filter(({ kind }) => kind !== 'home');
  const homes = model.machines.filter(({ kind }) => kind === 'home');
  const shared = commonArguments(hosts);
  const sharedOfHomes = commonArguments(homes);
  const aliases = aliasesOf(model);
  const groups: Statement[][] = [
    [{ constant: 'flake', isExported: true, code: call(word('new Flake'), ...flakeProps()) }],
    [
      ...model.inputs.map(inputStatement),
      ...aliases.map(({ name, sameAs }) => ({
        code: call(member(word('flake'), 'input'), text(name), object([{ name: 'sameAs', value: text(sameAs) }])),
      })),
    ],
  ];
  const hostVariables = new Map<string, string>();
  for (const host of hosts) {
    const own = homes.filter((home) => homeOf(home).host === host.name);
    groups.push(hostStatements(host, own));
  }
  for (const home of homes) if (!hostVariables.has(homeOf(home).host ?? '')) groups.push(homeStatements(home));
  for (const { name, code } of model.outputs) {
    groups.push([{ code: call(member(word('flake'), 'output'), text(name), valueCode(code, imports)) }]);
  }
  return {
    header: model.header,
    imports,
    groups: groups.filter((group) => group.length),
    features,
    counts: { definitions, raw },
    raws,
  };

  function flakeProps(): Code[] {
    const channel = channelOf(model.inputs);
    const props: Property[] = [
      ...(model.description === undefined ? [] : [{ name: 'description', value: text(model.description) }]),
      ...(model.nixConfig ? [{ name: 'nixConfig', value: valueCode(model.nixConfig, imports) }] : []),
      ...(channel === undefined ? [] : [{ name: 'channel', value: text(channel) }]),
      ...argumentsProp('specialArgs', shared),
      ...argumentsProp('extraSpecialArgs', sharedOfHomes),
    ];
    return props.length ? [object(props)] : [];
  }

  function argumentsProp(name: string, args: readonly Argument[]): Property[] {
    const own = args.filter((one) => one.name !== 'inputs');
    if (!own.length) return [];
    return [{ name, value: object(own.map((one) => ({ name: one.name, value: valueCode(one.code, imports) }))) }];
  }

  function hostStatements(host: MachineModel, ownHomes: readonly MachineModel[]): Statement[] {
    imports.add('Host');
    const { facts, says, mentions } = knownOf(host);
    const variable = variableOf(host.name, 'Host');
    hostVariables.set(host.name, variable);
    const system = facts?.system ?? host.system ?? (host.kind === 'darwin' ? 'aarch64-darwin' : 'x86_64-linux');
    const label = host.name.split('.')[0]!;
    const isNamed = facts ? facts.hostName === label : says(['networking', 'hostName']);
    const isPinned = says(['system', 'stateVersion']);
    const props: Property[] = [
      { name: 'system', value: text(system) },
      ...(isNamed ? [] : [{ name: 'hostName', value: word('null') }]),
      ...(isPinned || facts?.stateVersion === undefined
        ? []
        : [{ name: 'stateVersion', value: plain(facts.stateVersion) }]),
      ...argumentsProp('specialArgs', without(host.specialArgs, shared)),
    ];
    const neutral = neutralOptions(host, facts, mentions);
    return [
      { constant: variable, code: call(word('new Host'), word('flake'), text(host.name), object(props)) },
      ...modulesOn(word(variable), host.modules, host.kind),
      ...(neutral.length ? [{ code: call(member(word(variable), 'set'), object(neutral)) }] : []),
      ...host.users.flatMap((user) => userStatements(user, variable)),
      ...ownHomes.flatMap((home) => homeStatements(home, variable)),
    ];
  }

  function userStatements({ name, modules }: UserModel, host: string): Statement[] {
    imports.add('HomeUser');
    const props = object([{ name: 'account', value: word('false') }]);
    return homeCall(name, call(word('new HomeUser'), word(host), text(name), props), modules);
  }

  function homeStatements(home: MachineModel, host?: string): Statement[] {
    imports.add('HomeUser');
    const { facts } = knownOf(home);
    const { user } = homeOf(home);
    const system = facts?.system ?? home.system ?? 'x86_64-linux';
    const usual = user === 'root' ? '/root' : `${isDarwin(system) ? '/Users' : '/home'}/${user}`;
    const props: Property[] = [
      host === undefined ? { name: 'system', value: text(system) } : { name: 'standalone', value: text('only') },
      ...(facts?.homeDirectory === undefined || facts.homeDirectory === usual
        ? []
        : [{ name: 'homeDirectory', value: text(facts.homeDirectory) }]),
      ...argumentsProp('extraSpecialArgs', without(home.specialArgs, sharedOfHomes)),
    ];
    const made = call(word('new HomeUser'), word(host ?? 'flake'), text(user), object(props));
    return homeCall(user, made, home.modules);
  }

  /** A home, and what it has: on the object itself where that is one call. */
  function homeCall(name: string, made: Code, modules: readonly ModuleModel[]): Statement[] {
    const [only, ...more] = modulesOn(made, modules, 'home');
    if (!more.length) return [only ?? { code: made }];
    const variable = variableOf(name, 'Home');
    return [{ constant: variable, code: made }, ...modulesOn(word(variable), modules, 'home')];
  }

  /** The calls that give a construct its modules, in their order. */
  function modulesOn(on: Code, modules: readonly ModuleModel[], of: ModuleClass): Statement[] {
    const calls: { name: string; args: Code[]; above: readonly string[] }[] = [];
    for (const module of modules) {
      const { name, code, above } = moduleCode(module, of);
      const last = calls.at(-1);
      if (last?.name === name && name !== 'importAll' && !above.length) last.args.push(code);
      else calls.push({ name, args: [code], above });
    }
    return calls.map(({ name, args, above }) => ({ above, code: call(member(on, name), ...args) }));
  }

  function moduleCode(module: ModuleModel, of: ModuleClass): { name: string; code: Code; above: readonly string[] } {
    if (module.is === 'file') {
      const feature = featureFor(module.path);
      if (feature === undefined) return { name: 'import', code: text(`./${module.path}`), above: [] };
      features.add(feature);
      return { name: 'use', code: word(feature), above: [] };
    }
    const written = module.is === 'definitions' ? definitionsCode(module.code, of) : undefined;
    if (!written) {
      const name = module.is === 'list' ? 'importAll' : 'import';
      return { name, code: valueCode(module.code, imports), above: [] };
    }
    for (const name of written.imports) if (!name.startsWith('type ')) imports.add(name);
    definitions += written.counts.definitions;
    raw += written.counts.raw;
    raws.push(...written.raws);
    return { name: 'import', code: written.code, above: written.above.filter((line) => line !== '') };
  }
}

const reserved: ReadonlySet<string> = new Set([
  'Flake',
  'Host',
  'HomeUser',
  'Feature',
  'inputs',
  'nix',
  'path',
  'pkgs',
  'lib',
]);

/** The names of all features that a flake's own lists may name. */
function featuresOf({ machines }: FlakeModel, featureFor: (path: string) => string | undefined): string[] {
  const all = machines.flatMap(({ modules, users }) => [...modules, ...users.flatMap((user) => user.modules)]);
  const names = all.map((one) => (one.is === 'file' ? featureFor(one.path) : undefined));
  return names.filter((name) => name !== undefined);
}

/** The user and the host in the name of a home. */
export function homeOf({ name }: MachineModel): { readonly user: string; readonly host?: string } {
  const at = name.indexOf('@');
  return at < 0 ? { user: name } : { user: name.slice(0, at), host: name.slice(at + 1) };
}

/** Options with defaults of ours that the original has not. */
function neutralOptions(host: MachineModel, facts: Facts | undefined, mentions: Known['mentions']): Property[] {
  const options: Property[] = [];
  if (host.users.length) {
    const wiring = (Object.keys(plainWiring) as (keyof Wiring)[]).flatMap((name) => {
      const value = facts?.homeManager ? facts.homeManager[name] : mentions(name) ? ourWiring[name] : plainWiring[name];
      return value === ourWiring[name] ? [] : [{ name, value: plain(value) }];
    });
    if (wiring.length) options.push({ name: 'home-manager', value: object(wiring) });
    const primary = facts?.primaryUser;
    if (host.kind === 'darwin' && primary !== undefined && primary !== host.users[0]!.name) {
      options.push({ name: 'system', value: object([{ name: 'primaryUser', value: plain(primary) }]) });
    }
  }
  return options;
}

const plain = (value: string | number | boolean | null): Code =>
  typeof value === 'string' ? text(value) : word(String(value));

function inputStatement({ name, url, follows, isFlake, sameAs, above }: DeclaredInput): Statement {
  const isSame = [...follows].every(([theirs, ours]) => theirs === ours);
  const followed = isSame
    ? array([...follows.keys()].map(text))
    : object([...follows].map(([theirs, ours]) => ({ name: theirs, value: text(ours) })));
  const props: Property[] =
    sameAs === undefined
      ? [
          { name: 'url', value: text(url) },
          ...(follows.size ? [{ name: 'follows', value: followed }] : []),
          ...(isFlake ? [] : [{ name: 'flake', value: word('false') }]),
        ]
      : [{ name: 'sameAs', value: text(sameAs) }];
  return { above, code: call(member(word('flake'), 'input'), text(name), object(props)) };
}

/** The release of nixpkgs that its URL names, if it is not the one that a flake has anyway. */
function channelOf(inputs: readonly DeclaredInput[]): string | undefined {
  const url = inputs.find(({ name }) => name === 'nixpkgs')?.url ?? '';
  const [, channel] = /(?:nixos|nixpkgs|release)-(unstable|\d\d\.\d\d)/.exec(url) ?? [];
  return isChannel(channel) && channel !== latestChannel ? channel : undefined;
}

/** Arguments that all have, with the same code. */
function commonArguments(machines: readonly MachineModel[]): Argument[] {
  const [first, ...others] = machines;
  return (first?.specialArgs ?? []).filter((arg) => others.every((one) => hasArgument(one.specialArgs, arg)));
}

const hasArgument = (args: readonly Argument[], { name, code }: Argument) =>
  args.some((one) => one.name === name && JSON.stringify(one.code) === JSON.stringify(code));

const without = (args: readonly Argument[], shared: readonly Argument[]) =>
  args.filter((arg) => !hasArgument(shared, arg));
