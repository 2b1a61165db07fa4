import { join } from 'node:path';
import { CdknixError, type Diagnostic, sanitizedDiagnostic } from '../diagnostics';
import { refuseOtherCopies } from '../module';
import { NixValueError } from '../nix';
import { isAcknowledged } from './acknowledged';
import { argNames } from './args';
import { Assets } from './assets';
import { darwinStateVersionOf, stateVersionOf } from './channel';
import { checkAccounts } from './check/accounts';
import { insideOf } from './check/code-in';
import { checkConflicts } from './check/conflicts';
import { checkDeclarations } from './check/declarations';
import { checkDeclaredTwice } from './check/declared-twice';
import { checkEmpty } from './check/empty';
import { checkImports } from './check/imports';
import { checkInputs } from './check/inputs';
import { tablesOf } from './check/known-options';
import { optionScopes } from './check/option-scopes';
import { optionCheck } from './check/options';
import { checkPackages } from './check/packages';
import { checkPlaces } from './check/places';
import { checkReadings } from './check/readings';
import { checkReferences, type Reference, referenceScopes } from './check/references';
import { checkSecrets } from './check/secrets';
import { checkTemplatePaths } from './check/template-paths';
import { commonParts } from './common-parts';
import type { Context, Layout } from './context';
import { flakeFile, inputsOf } from './flake-file';
import { type Fleet, type HomeModel, type HostModel, homeName, homesOf } from './fleet';
import { givenStateVersion } from './given-state-version';
import { homeFiles, sharedHomeFiles } from './home-file';
import { hostFile } from './host-file';
import { hostNameOf } from './host-name';
import type { Copy, Plan } from './output';
import { OutputSources } from './output-sources';
import { sharedModules } from './parts';
import { outputOf, projectOf } from './project';
import type { Planned } from './questions/questions';
import { resolverOf } from './resolve';
import type { SourcedContribution } from './sourced-contribution';
import { Pinning, stateFile } from './state';
import { readState, stateText } from './state-file';
import { summaryOf } from './summary';
import { withoutToJson } from './without-to-json';

/** The plan of a fleet, in the process that has the fleet. */
export interface FleetPlan extends Plan {
  /** What answers to questions about it are found in. */
  readonly planned: Planned;
}

/**
 * Plans the output of a fleet: which module goes in which file, and what each says.
 *
 * @param outdir where it will be, absolute; by default where the project says
 * @throws CdknixError with every problem that was found
 */
export function planOf(fleet: Fleet, outdir?: string): FleetPlan {
  refuseOtherCopies();
  return withoutToJson(() => planned(fleet, outdir));
}

function planned(fleet: Fleet, outdir: string | undefined): FleetPlan {
  const diagnostics: Diagnostic[] = [...fleet.diagnostics, ...checkEmpty(fleet)];
  const project = projectFor(fleet);
  const root = project?.root ?? process.cwd();
  const file = join(root, stateFile);
  const state = readState(file);
  const pinning = new Pinning(state.pins);
  const hosts = new Set(fleet.hosts.map((host) => host.name));
  const sources = new OutputSources(outdir ?? outputOf(root));
  // What is planned for a test is not written, and needs no pins.
  if (outdir !== undefined && state.text === null && sources.hasMachines) diagnostics.push(stateMissing(file));
  const assets = new Assets(project, hosts, sources);
  const stateVersions = pinAll(fleet, pinning, assets);
  const scopes = optionScopes(fleet, tablesOf(root), assets);
  const options = scopes.fleet;
  const { resolve, fill, references } = resolverOf(fleet, assets, options, diagnostics);
  const checkOptions = optionCheck(scopes, fill);
  const namedReferences: Reference[] = [];
  const context: Context = {
    fleet,
    args: argNames(fleet),
    resolve,
    checkOptions,
    scopes,
    inside: insideOf(fill),
    namedReferences,
    diagnostics,
  };
  const files = new Map<string, string | Copy>();
  const contributions = new Map<HostModel | HomeModel, readonly SourcedContribution[]>();
  let laidOut: Layout | undefined;
  try {
    const common = commonParts(fleet, resolve);
    const shared = sharedModules(context, [...common.nixpkgs.values(), ...common.homeManager.values()]);
    const homes = homeFiles(context, shared, common, stateVersions.homes);
    const sharedHomes = sharedHomeFiles(context, shared);
    const layout = { shared, homeFiles: homes.fileOf, sharedHomeFiles: sharedHomes.fileOf, common };
    laidOut = layout;
    for (const [home, said] of homes.contributions) contributions.set(home, said);
    files.set('flake.nix', flakeFile(layout, context));
    for (const host of fleet.hosts) {
      const given = { stateVersion: stateVersions.hosts.get(host)!, hostName: hostNameOf(host, assets) };
      const written = hostFile(host, given, layout, context);
      files.set(`hosts/${host.name}/default.nix`, written.text);
      contributions.set(host, written.contributions);
    }
    diagnostics.push(...checkDeclarations(fleet, fill));
    diagnostics.push(...checkDeclaredTwice(fleet, scopes, shared));
    diagnostics.push(...checkConflicts(fleet, shared, scopes, assets, fill));
    for (const [path, text] of [...homes.files, ...sharedHomes.files, ...shared.files]) files.set(path, text);
    diagnostics.push(...checkReadings(fleet, options));
  } catch (error) {
    if (error instanceof CdknixError) diagnostics.push(...error.diagnostics);
    else if (!(error instanceof NixValueError)) throw error;
    else if (!diagnostics.some((one) => one.code === 'value')) {
      diagnostics.push({ code: 'value', severity: 'error', message: error.message });
    }
  }
  diagnostics.push(...checkPlaces(files, assets));
  for (const [path, copy] of assets.copies) files.set(path, copy);
  diagnostics.push(...checkImports(fleet));
  diagnostics.push(...checkTemplatePaths(fleet, files, sources, fill));
  diagnostics.push(...checkInputs([...inputsOf(fleet).keys()], assets));
  diagnostics.push(...checkReferences([...references, ...namedReferences], options, referenceScopes(fleet, scopes)));
  diagnostics.push(...checkAccounts(fleet, files, options));
  diagnostics.push(...checkPackages(fleet, files, scopes, assets, fill));
  diagnostics.push(...checkSecrets(fleet, files, assets, options, fill));
  const problems = [...diagnostics, ...pinning.diagnostics, ...assets.diagnostics];
  const warnings = refuseErrors(problems, fleet, assets);
  return {
    files: new Map([...files].sort(([a], [b]) => (a < b ? -1 : 1))),
    state: { file, text: stateText(state, pinning.pins), before: state.text },
    warnings,
    summary: summaryOf(fleet),
    planned: { fleet, files, layout: laidOut!, contributions, optionsOf: options, fill },
  };
}

/** An output of machines that nobody remembers the `stateVersion` of: new pins would be those of today's channel. */
function stateMissing(file: string): Diagnostic {
  return {
    code: 'state-missing',
    severity: 'error',
    message: `there is no ${file}, although machines have been synthesised: it remembers their stateVersions`,
    help:
      'restore it from version control; if it is lost, write { "stateVersion": {} } into it, and give each host and home ' +
      'the stateVersion that its file in the output has',
  };
}

/** The project that the app belongs to; an npm package that brings a `Flake` class is not it. */
function projectFor(fleet: Fleet) {
  const file = fleet.position?.file;
  return projectOf(file && !file.includes('/node_modules/') ? file : join(process.cwd(), 'x'));
}

function pinAll(fleet: Fleet, pinning: Pinning, assets: Assets) {
  const hosts = new Map<HostModel, string | number>();
  const homes = new Map<HomeModel, string | number>();
  const fallback = fleet.stateVersion ?? stateVersionOf(fleet.channel);
  const pin = (
    one: HostModel | HomeModel,
    name: string,
    option: 'system' | 'home',
    first: string | number,
  ): string | number => {
    const modules = [one.module, ...one.parts.map((part) => part.module)];
    const said = modules.map((module) => givenStateVersion(module, option, assets, one.path));
    const given = said.find((version) => version !== undefined);
    return one.stateVersion === undefined
      ? pinning.pin(name, given?.version, first, { path: one.path, position: given?.position ?? one.position })
      : pinning.pin(name, one.stateVersion, first, one);
  };
  for (const host of fleet.hosts) {
    const darwin = host.module.moduleClass === 'darwin';
    hosts.set(host, pin(host, host.name, 'system', darwin ? darwinStateVersionOf(fleet.channel) : fallback));
  }
  for (const home of homesOf(fleet))
    homes.set(home, pin(home, home.host ? homeName(home) : `~${home.name}`, 'home', fallback));
  return { hosts, homes };
}

/** The warnings among diagnostics that are not acknowledged; throws if there are errors. */
function refuseErrors(diagnostics: readonly Diagnostic[], fleet: Fleet, assets: Assets): Diagnostic[] {
  const mayAcknowledge = (one: Diagnostic) => isForUser(one) || assets.mayAcknowledge(one);
  const shown = diagnostics.filter((one) => !mayAcknowledge(one) || !isAcknowledged(one, fleet));
  if (shown.some((one) => one.severity === 'error')) throw new CdknixError(distinct(shown));
  return distinct(shown).map(sanitizedDiagnostic);
}

/** Whether something is a secret, or one that everybody may know, is for the user to say. */
const isForUser = ({ severity, code }: Diagnostic) => severity === 'warning' || code === 'secret';

/** Each problem once: a module that many use is read for each of them. */
function distinct(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const seen = new Set<string>();
  return diagnostics.filter(({ code, path, message, position }) => {
    const key = JSON.stringify([code, path, message, position]);
    return !seen.has(key) && seen.add(key);
  });
}
