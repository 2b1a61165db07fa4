import type { Diagnostic, Position } from '../diagnostics';
import { type Definition, isExpr, templatePlace } from '../module';
import {
  apply,
  attrs,
  type Binding,
  binding,
  formals,
  freeVariables,
  fromJs,
  ident,
  isGlobal,
  lambda,
  list,
  type Expr as Node,
  path,
  printFile,
  select,
  str,
} from '../nix';
import { argsNode } from './args';
import { channelUrls } from './channel';
import type { Context, Layout } from './context';
import { contentKey, isDefinedOnce, layerNode, layersOf, valueProblems } from './definitions';
import type { Fleet, HomeModel, HostModel, Input } from './fleet';
import { homeName, homesOf } from './fleet';
import { getOrInsert } from './get-or-insert';
import { withoutDefault } from './host-file';
import { undefinedVariable } from './module-file';
import { resolveValue } from './resolve';
import type { Site } from './site';

const site: Site = { moduleClass: 'flake', path: 'the flake' };

/** The text of `flake.nix`: inputs, and one entry for each host and home. */
export function flakeFile(layout: Layout, context: Context): string {
  const { fleet, diagnostics, resolve } = context;
  const inputs = inputsOf(fleet);
  diagnostics.push(...inputProblems(inputs));
  const outputs = attrs(outputBindings(layout, context));
  const { free, maybe } = freeVariables(outputs);
  const names = ['self', ...inputs.keys()].filter((name) => free.has(name) || maybe.has(name));
  for (const name of free.keys()) {
    if (names.includes(name) || name === 'inputs' || isGlobal(name)) continue;
    const declared = [...fleet.outputs, ...fleet.overlays];
    const usesOf = (value: unknown) => freeVariables(resolveValue(value, site, resolve)).uses;
    const culprit = declared.find(({ value }) => usesOf(value).has(name));
    const use = culprit && usesOf(culprit.value).get(name);
    const position = (use && templatePlace(use)) ?? culprit?.position;
    diagnostics.push(undefinedVariable(name, site.path, position, ['inputs', 'self', ...inputs.keys()]));
  }
  const usesInputs = free.has('inputs') || maybe.has('inputs');
  const pattern = formals(names, { ellipsis: true });
  const body = lambda(usesInputs ? { pattern, param: 'inputs' } : { pattern }, {
    ...outputs,
    expanded: outputs.items.length > 0,
  });
  const { description, nixConfig } = fleet.literals;
  const parts = [
    ...(description === undefined ? [] : [binding('description', str(description))]),
    ...(nixConfig === undefined ? [] : [binding('nixConfig', fromJs(nixConfig))]),
    ...(inputs.size ? [binding('inputs', attrs([...inputs].map(([name, one]) => inputBinding(name, one))))] : []),
    binding('outputs', body),
  ];
  return printFile({ ...attrs(parts.map((part, i) => apart(part, i > 0))), expanded: true });
}

const apart = (item: Binding, yes: boolean): Binding => (yes ? { ...item, before: [null] } : item);

/** The inputs that the tree needs, and those that the user declared. */
export function inputsOf(fleet: Fleet): Map<string, Input> {
  const urls = channelUrls(fleet.channel);
  const { linux, darwin, homes, darwinHosts } = needs(fleet);
  const inferred: [name: string, url: string, nixpkgs?: string][] = [];
  const darwinInput = linux ? 'nixpkgs-darwin' : 'nixpkgs';
  if (linux || (!darwin && !offersModulesOnly(fleet))) inferred.push(['nixpkgs', urls.nixpkgs]);
  if (darwin) inferred.push([darwinInput, urls.nixpkgsDarwin]);
  if (homes) inferred.push(['home-manager', urls.homeManager, 'nixpkgs']);
  if (darwinHosts) inferred.push(['nix-darwin', urls.nixDarwin, darwinInput]);
  const inputs = new Map<string, Input>();
  for (const [name, url, nixpkgs] of inferred) {
    const follows = new Map(nixpkgs === undefined ? [] : [['nixpkgs', nixpkgs]]);
    inputs.set(name, fleet.inputs.get(name) ?? { url, follows, flake: true, position: undefined });
  }
  for (const [name, input] of fleet.inputs) inputs.set(name, input);
  return inputs;
}

/** Whether a flake has nothing but modules for others, which bring their own inputs. */
function offersModulesOnly({ exports, overlays, outputs }: Fleet): boolean {
  return exports.length > 0 && !overlays.length && !outputs.length;
}

function inputProblems(inputs: ReadonlyMap<string, Input>): Diagnostic[] {
  return [...inputs].flatMap(([name, { url, sameAs = '', follows, position }]) => {
    const at = { path: site.path, position } as const;
    const problems: Diagnostic[] = [sameAs, ...follows.values()]
      .filter((target) => target !== '' && !inputs.has(target.split('/')[0]!))
      .map((target) => ({
        ...at,
        code: 'input-follows',
        severity: 'error',
        message: `the input '${name}' follows '${target}', which the flake does not have`,
        help: `follow one of ${[...inputs.keys()].join(', ')}, or declare '${target}' with flake.input(…)`,
      }));
    if (/^(path:)?\.{1,2}(\/|$)/.test(url)) {
      problems.push({
        ...at,
        code: 'input-relative',
        severity: 'warning',
        message: `the URL '${url}' of the input '${name}' is relative to the output folder`,
        help: 'give an absolute path; or, for Nix files of the project, import(…) them or use path(…)',
      });
    }
    return problems;
  });
}

const known = new WeakMap<Fleet, ReturnType<typeof needsOf>>();

/** What kinds of machines and homes a fleet has; asked for each home, and looked for once. */
function needs(fleet: Fleet) {
  let found = known.get(fleet);
  if (!found) {
    found = needsOf(fleet);
    known.set(fleet, found);
  }
  return found;
}

function needsOf(fleet: Fleet) {
  const systems = [...fleet.hosts, ...fleet.homes].map((one) => one.system);
  const darwin = systems.some((system) => system.endsWith('-darwin'));
  return {
    linux: systems.some((system) => !system.endsWith('-darwin')),
    darwin,
    darwinHosts: fleet.hosts.some((host) => host.module.moduleClass === 'darwin'),
    homes: fleet.homes.length > 0 || fleet.hosts.some((host) => host.users.length > 0),
  };
}

function inputBinding(name: string, { url, sameAs, follows, flake }: Input): Binding {
  if (sameAs !== undefined) return binding([name, 'follows'], str(sameAs));
  if (flake && !follows.size) return binding([name, 'url'], str(url));
  return binding(
    name,
    attrs([
      binding('url', str(url)),
      ...[...follows].map(([theirs, ours]) => {
        const path = theirs.split('/').flatMap((one) => ['inputs', one]);
        return binding([...path, 'follows'], str(ours));
      }),
      ...(flake ? [] : [binding('flake', ident('false'))]),
    ]),
  );
}

function outputBindings(layout: Layout, context: Context): Binding[] {
  const { fleet } = context;
  const sets = new Map<string, Binding[]>();
  const put = (output: string, ...bindings: Binding[]) => sets.set(output, [...(sets.get(output) ?? []), ...bindings]);
  const nixos = fleet.hosts.filter((host) => host.module.moduleClass === 'nixos');
  const darwin = fleet.hosts.filter((host) => host.module.moduleClass === 'darwin');
  const homes = homesOf(fleet).filter((home) => home.standalone);
  if (nixos.length) put('nixosConfigurations', ...nixos.map((host) => binding(host.name, hostNode(host, context))));
  if (darwin.length) put('darwinConfigurations', ...darwin.map((host) => binding(host.name, hostNode(host, context))));
  if (homes.length)
    put('homeConfigurations', ...homes.map((home) => binding(homeName(home), homeNode(home, layout, context))));
  for (const [output, bindings] of exportBindings(layout, context)) put(output, ...bindings);
  const overlays = overlayBindings(context);
  if (overlays.length) put('overlays', ...overlays);
  const generated = [...sets].map(([name, bindings]) => binding(name, attrs(bindings)));
  return [...generated, ...declaredOutputs(context, new Set(sets.keys()))].map((item, i) => apart(item, i > 0));
}

function declaredOutputs({ fleet, resolve, diagnostics }: Context, taken: ReadonlySet<string>): Binding[] {
  const values = new Map<string, Definition[]>();
  for (const { name, value, position } of fleet.outputs) {
    if (taken.has(name)) diagnostics.push(outputTaken(`the output '${name}' is made from the tree`, position));
    getOrInsert(values, name, () => []).push({ config: value, position });
  }
  return [...values].flatMap(([name, all]) => {
    const problems = valueProblems(all, site.path);
    diagnostics.push(...problems);
    if (problems.length) return [];
    // A feature that several use gives the same output several times.
    const distinct = new Map(all.map((one) => [contentKey(one.config, site, resolve), one] as const));
    const layers = outputLayers([...distinct.values()]);
    if (layers.length > 1) {
      const [first, ...others] = distinct.values();
      diagnostics.push(
        outputTaken(`the output '${name}' is given two values at one place`, others.at(-1)!.position, first!.position),
      );
    }
    return [binding(name, resolve(layerNode(layers.length ? layers[0] : {}), site))];
  });
}

/** The values of an output as they can stand together: sets of different members are one. */
function outputLayers(values: readonly Definition[]): unknown[] {
  const isSet = ({ config }: Definition) =>
    isExpr(config) || (typeof config === 'object' && config !== null && !Array.isArray(config));
  return values.every(isSet) && isDefinedOnce(values) ? layersOf(values) : values.map(({ config }) => config);
}

function outputTaken(message: string, position: Position | undefined, first?: Position | undefined): Diagnostic {
  return {
    code: 'output-taken',
    severity: 'error',
    message,
    path: site.path,
    position,
    help: first
      ? 'a flake does not merge its outputs: give each value a name of its own'
      : 'add hosts, users and overlays as constructs, or give this output another name',
    ...(first && { related: [{ message: 'the first one is given here:', position: first }] }),
  };
}

/** The features that are offered to others: each as the file of its part, or as a module that imports those of several. */
function exportBindings({ shared }: Layout, { fleet }: Context): Map<string, Binding[]> {
  const outputs = new Map<string, Binding[]>();
  for (const { name, parts } of fleet.exports) {
    for (const moduleClass of ['nixos', 'darwin', 'home'] as const) {
      const own = parts.filter((part) => part.module.moduleClass === moduleClass && !part.within);
      const files = [...new Set(own.map(shared.fileOf))].filter((file) => file !== undefined);
      const nodes = files.map((file) => path(`./${file}`));
      const [only] = nodes;
      if (!only) continue;
      const module = nodes.length === 1 ? only : attrs([binding('imports', list(nodes, { expanded: true }))]);
      getOrInsert(outputs, `${moduleClass}Modules`, () => []).push(binding(name, module));
    }
  }
  return outputs;
}

/** The overlays by name; one that a feature gives several times is one. */
function overlayBindings({ fleet, resolve, diagnostics }: Context): Binding[] {
  const known = new Map<string, string>();
  return fleet.overlays.flatMap(({ name, value, position }) => {
    const key = contentKey(value, site, resolve);
    const other = known.get(name);
    known.set(name, other ?? key);
    if (other === undefined) return [binding(name, resolveValue(value, site, resolve))];
    if (other !== key) {
      diagnostics.push({
        code: 'overlay-taken',
        severity: 'error',
        message: `there are two overlays '${name}'`,
        path: site.path,
        position,
        help: 'give each a name of its own',
      });
    }
    return [];
  });
}

function nixpkgsOf(system: string, fleet: Fleet): Node {
  const { linux } = needs(fleet);
  return ident(system.endsWith('-darwin') && linux ? 'nixpkgs-darwin' : 'nixpkgs');
}

function hostNode(host: HostModel, { fleet, resolve }: Context): Node {
  const system =
    host.module.moduleClass === 'darwin'
      ? select(ident('nix-darwin'), 'lib', 'darwinSystem')
      : select(ident('nixpkgs'), 'lib', 'nixosSystem');
  return apply(
    system,
    attrs([
      binding('specialArgs', argsNode({ ...fleet.specialArgs, ...host.specialArgs }, site, resolve)),
      binding('modules', list([path(`./hosts/${host.name}`)])),
    ]),
  );
}

function homeNode(home: HomeModel, layout: Layout, { fleet, resolve }: Context): Node {
  const { shared, homeFiles, sharedHomeFiles, common } = layout;
  const nixpkgs = home.embedded ? common.nixpkgs.get('home') : undefined;
  const files = [
    nixpkgs && shared.fileOf(nixpkgs),
    home.host && sharedHomeFiles.get(home.host),
    withoutDefault(homeFiles.get(home)!),
  ];
  const modules = files.filter((file) => file !== undefined).map((file) => path(`./${file}`));
  // The home's file is its host's as well, which knows whose it is from the account.
  const all: Node[] = home.embedded ? [...modules, identity(home)] : modules;
  const args = { ...fleet.extraSpecialArgs, ...home.host?.extraSpecialArgs, ...home.extraSpecialArgs };
  return apply(
    select(ident('home-manager'), 'lib', 'homeManagerConfiguration'),
    attrs([
      binding('pkgs', select(nixpkgsOf(home.system, fleet), 'legacyPackages', home.system)),
      binding('extraSpecialArgs', argsNode(args, site, resolve)),
      binding('modules', list(all, { expanded: all.length > 1 })),
    ]),
  );
}

function identity(home: HomeModel): Node {
  return attrs([
    binding('home', attrs([binding('username', str(home.name)), binding('homeDirectory', str(home.homeDirectory))])),
  ]);
}
