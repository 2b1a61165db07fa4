import type { IConstruct } from 'constructs';
import type { Diagnostic } from '../diagnostics';
import type { Contribution } from '../module';
import type { Export, Fleet, HomeModel, HostModel, Part, Place, Source } from '../synth/fleet';
import { isExports } from './exports';
import { enclosing, isKind, type Kinds, kindOf, TURN, WITHIN } from './kind';
import { isDarwin } from './names';
import { Placement } from './placement';
import { acknowledgedAt, pathOf, reportedAt } from './report';
import { usageIn } from './usage';

type Feature = Kinds['feature'];
type Host = Kinds['host'];
type HomeUser = Kinds['user'];

/** What a construct stands in. */
interface Surroundings {
  readonly host: HostModel | undefined;
  readonly home: HomeModel | undefined;
  /** The features that serve everything here. */
  readonly features: Features | undefined;
  /** Those among them that were made in a group inside the host: each home of the group has them as its own. */
  readonly ofGroup: ReadonlySet<Feature>;
}

/** Features of a group, and those of the groups around it: lists that share their beginnings, as groups may be nested deep. */
interface Features {
  readonly outer: Features | undefined;
  readonly own: readonly Feature[];
}

/** The tree as plain values, in one walk: every feature's parts with the hosts and homes that they serve. */
export function fleetOf(flake: Kinds['flake']): Fleet {
  const { props } = flake;
  const hosts: HostModel[] = [];
  const homes: HomeModel[] = [];
  const exports: Export[] = [];
  const places = new Map<object, Place>();
  const sources: Source[] = [];
  const diagnostics: Diagnostic[] = [];
  const acknowledged = new Map<string, Set<string>>();
  const placement = new Placement();
  const taken = new Map<string, IConstruct>();
  const constructOf = new Map<HostModel | HomeModel, IConstruct>();
  const usage = usageIn(flake);

  const stack: [IConstruct, Surroundings][] = [
    [flake, { host: undefined, home: undefined, features: undefined, ofGroup: new Set() }],
  ];
  for (let next = stack.pop(); next; next = stack.pop()) {
    const [construct, around] = next;
    visit(construct);
    const children = construct.node.children;
    if (isExports(construct)) {
      exports.push(...children.map(exported));
      continue;
    }
    const { features: own, others } = featuresIn(children, visit);
    const within = own.length ? { ...around, features: { outer: around.features, own } } : around;
    const inner = enter(construct, within, own);
    places.set(construct, inner);
    for (const feature of own) places.set(feature, inner);
    for (const other of others.reverse()) stack.push([other, inner]);
  }
  return {
    position: flake.position,
    literals: flake.literals,
    channel: flake.channel,
    stateVersion: props.stateVersion,
    specialArgs: props.specialArgs ?? {},
    extraSpecialArgs: props.extraSpecialArgs ?? {},
    inputs: flake.inputs,
    overlays: flake.overlays,
    outputs: flake.outputs,
    unfree: flake.unfree,
    insecure: flake.insecure,
    allowances: flake.allowances.map((position) => ({ path: pathOf(flake), position })),
    hosts,
    homes,
    exports,
    places,
    uses: (subject, feature) => usage(constructOf.get(subject)!, feature),
    sources,
    diagnostics: [...diagnostics, ...placement.diagnostics()],
    acknowledged,
  };

  /** A feature that is offered to others, with those that it uses. */
  function exported(construct: IConstruct): Export {
    const parts: Part[] = [];
    for (const feature of featuresIn([construct], visit).features) {
      places.set(feature, {});
      const { account, nixos, darwin, home } = feature.declared;
      for (const module of [nixos, darwin, home]) if (module) parts.push(part(feature, module));
      if (account && !account.isOptional) diagnostics.push(accountNotExported(feature));
    }
    return { name: construct.node.id, parts };
  }

  function visit(construct: IConstruct): void {
    sources.push(sourceOf(construct));
    diagnostics.push(...reportedAt(construct));
    for (const message of construct.node.validate()) {
      const { position } = construct as { position?: Diagnostic['position'] };
      const path = pathOf(construct);
      diagnostics.push({ code: 'validation', severity: 'error', message, path, ...(position && { position }) });
    }
    const codes = acknowledgedAt(construct);
    if (codes.length) acknowledged.set(construct.node.path, new Set(codes));
  }

  function enter(construct: IConstruct, around: Surroundings, own: readonly Feature[]): Surroundings {
    if (isKind(construct, 'host')) {
      const host = hostModel(construct);
      constructOf.set(host, construct);
      if (unique(construct, 'host', host.name, '')) hosts.push(host);
      for (const feature of allOf(around.features)) serveHost(host, feature);
      return { ...around, host };
    }
    if (isKind(construct, 'user')) {
      const home = homeModel(construct, around.host);
      constructOf.set(home, construct);
      if (unique(construct, 'user', home.name, around.host ? ` on host '${around.host.name}'` : '')) {
        (around.host?.users ?? homes).push(home);
      }
      if (!home.account) diagnostics.push(...restingAccount(construct));
      for (const feature of allOf(around.features))
        serveHome(home, feature, own.includes(feature) || around.ofGroup.has(feature));
      return { ...around, home };
    }
    if (kindOf(construct) || !around.host || !own.length) return around;
    if (around.home) {
      for (const feature of own) serveHome(around.home, feature, true);
      return around;
    }
    // Its host part serves the host, whatever homes the group has.
    for (const feature of own) serveHostPart(around.host, feature);
    return { ...around, ofGroup: new Set([...around.ofGroup, ...own]) };
  }

  /** Gives a host the feature's part for its platform. */
  function serveHostPart(host: HostModel, feature: Feature): void {
    const parts = feature.declared;
    const darwin = isDarwin(host.system);
    const [here, there] = darwin ? [parts.darwin, parts.nixos] : [parts.nixos, parts.darwin];
    if (here) host.parts.push(part(feature, here, host));
    placement.host(feature, host, here, there);
  }

  /** @param where the host that a user is on, as words to put after the name */
  function unique(construct: IConstruct, what: 'host' | 'user', name: string, where: string): boolean {
    // Names of hosts and users are file names too, and some file systems do not tell a from A.
    const key = `${what} ${name}${where}`.toLowerCase();
    const other = taken.get(key);
    taken.set(key, other ?? construct);
    if (!other) return true;
    const isSame = other.node.id === name;
    diagnostics.push({
      code: 'name-taken',
      severity: 'error',
      message: isSame
        ? `${what} '${name}'${where} is made twice, in ${pathOf(other)} and in ${pathOf(construct)}`
        : `the ${what}s '${other.node.id}' and '${name}'${where} have names that differ in case only`,
      path: pathOf(construct),
      position: (construct as { position?: Diagnostic['position'] }).position,
      help: isSame
        ? `make it once, or rename one: the names of ${what}s are unique ${where ? 'on a host' : 'in the flake'}, whatever groups they are in`
        : 'their files would have one name on a file system that does not tell a from A, as that of a Mac: rename one of them',
      related: [{ message: 'the first one was made here:', position: (other as Host).position }],
    });
    return false;
  }

  function serveHost(host: HostModel, feature: Feature): void {
    const { home } = feature.declared;
    if (home && !feature.asks) host.sharedParts.push(part(feature, home));
    serveHostPart(host, feature);
  }

  function serveHome(home: HomeModel, feature: Feature, isOwn: boolean): void {
    const parts = feature.declared;
    const host = home.host;
    if (parts.account && home.account) {
      const path = pathOf(feature);
      home.account.groups.push(...parts.account.groups.map((group) => ({ ...group, path })));
      home.account.definitions.push(...parts.account.definitions.map((one) => ({ ...one, path })));
    }
    // What depends on what a home uses is said in each home.
    if (parts.home && (isOwn || !host || feature.asks)) home.parts.push(part(feature, parts.home, home));
    if (isOwn && host) serveHostPart(host, feature);
    placement.home(feature, home);
  }
}

/** All features, the outermost first. */
function allOf(features: Features | undefined): Feature[] {
  const groups: (readonly Feature[])[] = [];
  for (let at = features; at; at = at.outer) groups.push(at.own);
  return groups.reverse().flat();
}

/** The features among some constructs and those inside of them, and what there is beside features. */
function featuresIn(children: readonly IConstruct[], visit: (feature: Feature) => void) {
  const features: Feature[] = [];
  const others: IConstruct[] = [];
  const stack = inTurn(children).reverse();
  for (let next = stack.pop(); next; next = stack.pop()) {
    if (!isKind(next, 'feature')) {
      others.push(next);
      continue;
    }
    features.push(next);
    visit(next);
    stack.push(...inTurn(next.node.children).reverse());
  }
  return { features, others };
}

/** Children with the features among them in the order of use. */
function inTurn(children: readonly IConstruct[]): IConstruct[] {
  const turnOf = (one: IConstruct) => (isKind(one, 'feature') ? one[TURN] : -1);
  return children.some(({ node }) => /^\d+$/.test(node.id))
    ? children.toSorted((a, b) => turnOf(a) - turnOf(b))
    : [...children];
}

/** An account is of a home on a host, which whoever imports the module has in ways of their own. */
function accountNotExported(feature: Feature): Diagnostic {
  return {
    code: 'export-account',
    severity: 'warning',
    message: `the feature '${feature.node.id}' has an account part, which no module for others can have`,
    path: pathOf(feature),
    position: feature.position,
    help: 'mark the part as optional: this.account.optional(); or declare an option for the name of the user',
  };
}

function sourceOf(construct: IConstruct): Source {
  const path = pathOf(construct);
  if (isKind(construct, 'feature')) {
    const { account, ...modules } = construct.declared;
    return { path, modules: Object.values(modules), definitions: account?.definitions ?? [], construct };
  }
  if (isKind(construct, 'user')) {
    return { path, modules: [construct.module], definitions: construct.account.definitions, construct };
  }
  return { path, modules: isKind(construct, 'host') ? [construct.module] : [], definitions: [], construct };
}

/** A warning where a user says something of an account that nothing here declares. */
function restingAccount(user: HomeUser): Diagnostic[] {
  const { groups, definitions } = user.account;
  if (!groups.length && !definitions.length) return [];
  const why = user.props.account === false ? 'is declared elsewhere (account: false)' : 'is on no host here';
  return [
    {
      code: 'account-rests',
      severity: 'warning',
      message: `the account of user '${user.name}' ${why}, so its groups and options go nowhere`,
      path: pathOf(user),
      position: user.position,
      help: 'say them where the account is declared, or leave them out',
    },
  ];
}

function part(feature: Feature, module: Contribution, target?: HostModel | HomeModel): Part {
  const subject = feature.asks ? target : undefined;
  const within = feature[WITHIN];
  const home = subject && 'host' in subject ? subject : undefined;
  const host = subject && 'users' in subject ? subject : home?.host;
  return {
    name: feature.node.id,
    module,
    feature,
    path: pathOf(feature),
    turn: feature[TURN],
    // What depends on who uses it cannot be a part of what does not.
    ...(within?.moduleClass === module.moduleClass && !feature.asks && { within }),
    user: enclosing(feature, 'user')?.name ?? home?.name,
    host: enclosing(feature, 'host')?.name ?? host?.name,
    ...(subject && { subject }),
  };
}

function hostModel(host: Host): HostModel {
  const { props } = host;
  return {
    name: host.name,
    hostName: props?.hostName,
    path: pathOf(host),
    position: host.position,
    system: String(host.system),
    module: host.module,
    parts: [],
    sharedParts: [],
    users: [],
    specialArgs: props?.specialArgs ?? {},
    extraSpecialArgs: props?.extraSpecialArgs ?? {},
    stateVersion: props?.stateVersion,
  };
}

function homeModel(user: HomeUser, host: HostModel | undefined): HomeModel {
  const { props } = user;
  const path = pathOf(user);
  return {
    name: user.name,
    path,
    position: user.position,
    system: String(user.system),
    host,
    standalone: !host || !!props.standalone,
    embedded: host !== undefined && props.standalone !== 'only',
    homeDirectory: user.homeDirectory,
    hasOwnDirectory: !!props.homeDirectory,
    module: user.module,
    parts: [],
    account:
      host && props.account !== false
        ? {
            groups: user.account.groups.map((group) => ({ ...group, path })),
            definitions: user.account.definitions.map((one) => ({ ...one, path })),
          }
        : undefined,
    extraSpecialArgs: props.extraSpecialArgs ?? {},
    stateVersion: props.stateVersion,
  };
}
