import { type AttrSet, type Expr, parse, print } from '../../nix';
import type { ModuleClass } from '../../options/config';
import type { Plan } from '../../synth/output';
import { type Brought, moduleReader, type Source } from './modules';

/** A configuration of a flake: of a host, of a home by itself, or of a user's home on a host. */
export interface Configuration {
  readonly class: ModuleClass;
  readonly output: 'nixosConfigurations' | 'darwinConfigurations' | 'homeConfigurations';
  /** Its name in the output. */
  readonly name: string;
  /** Whose home, on a host. */
  readonly user?: string;
}

/** A configuration, with what decides which options it has. */
export interface Weighed extends Configuration {
  /** Configurations where these are the same have the same options. */
  readonly sources: ReadonlySet<string>;
  /** The modules among them that are Nix code, such as `inputs.nixvim.homeModules.nixvim`. */
  readonly modules: readonly string[];
}

/** One that is read, and those that have no options that those read before and it have not. */
export interface Choice {
  readonly read: Configuration;
  readonly others: readonly Configuration[];
}

/** What a person calls a configuration: `desk`, `anna on desk` for a home that the host builds, `anna@desk` for one by itself. */
export const nameOf = ({ name, user }: Configuration) => (user === undefined ? name : `${user} on ${name}`);

/** The fewest configurations, nearly, that have all options of all of them. */
export function covering(all: readonly Weighed[]): Choice[] {
  const open = new Set(all);
  const covered = new Set<string>();
  const fresh = ({ sources }: Weighed) => [...sources].filter((one) => !covered.has(one)).length;
  const choices: Choice[] = [];
  while (open.size) {
    const [best] = [...open].map((one) => [one, fresh(one)] as const).sort(([, a], [, b]) => b - a)[0]!;
    for (const one of best.sources) covered.add(one);
    open.delete(best);
    const others = [...open].filter((one) => fresh(one) === 0);
    for (const one of others) open.delete(one);
    choices.push({ read: best, others });
  }
  return choices;
}

/** The configurations of a planned flake, as its files have them. */
export function configurationsOf({ files }: Plan): Weighed[] {
  const read = moduleReader(files);
  const outputs = membersOf(bodyOf(membersOf(parse(files.get('flake.nix') as string)).get('outputs')));
  const entries = (output: Configuration['output']) =>
    [...membersOf(outputs.get(output))].map(([name, value]) => {
      const given = membersOf(value.kind === 'apply' ? value.args[0] : undefined);
      const modules = given.get('modules');
      return { name, output, given, brought: read(modules ?? { kind: 'list', items: [] }, '.') };
    });
  const hosts = (['nixos', 'darwin'] as const).flatMap((of) =>
    entries(`${of}Configurations`).flatMap(({ name, output, given, brought }): Weighed[] => {
      const args = textsOf(given.get('specialArgs'));
      const own = new Set([...idsOf(brought.sources, args), whatIsDisabled(brought, args)]);
      const homes = [...brought.users].map(([user, home]): Weighed => {
        const sources = [...home.sources, ...brought.homeManager];
        // A module of the host may bring modules for its homes.
        const all = [
          `a home in ${of}`,
          ...own,
          ...idsOf(sources, brought.homeArgs),
          whatIsDisabled(home, brought.homeArgs),
        ];
        return { class: 'home', output, name, user, sources: new Set(all), modules: codeOf(sources) };
      });
      return [{ class: of, output, name, sources: own, modules: codeOf(brought.sources) }, ...homes];
    }),
  );
  const homes = entries('homeConfigurations').map(({ name, output, given, brought }): Weighed => {
    const args = textsOf(given.get('extraSpecialArgs'));
    const system = given.has('pkgs') && print(given.get('pkgs')!).includes('-darwin') ? 'darwin' : 'linux';
    const all = [`a home on ${system}`, ...idsOf(brought.sources, args), whatIsDisabled(brought, args)];
    return { class: 'home', output, name, sources: new Set(all), modules: codeOf(brought.sources) };
  });
  return [...hosts, ...homes];
}

/** The members of a set by name. */
function membersOf(set: Expr | undefined): Map<string, Expr> {
  const members = new Map<string, Expr>();
  for (const item of set?.kind === 'set' ? (set as AttrSet).items : []) {
    const [key, ...rest] = item.kind === 'binding' ? item.path : [];
    if (item.kind === 'binding' && key?.kind === 'name' && !rest.length) members.set(key.name, item.value);
  }
  return members;
}

const bodyOf = (expr: Expr | undefined) => (expr?.kind === 'lambda' ? expr.body : undefined);

/** The code of the arguments that modules are given, by name. */
function textsOf(args: Expr | undefined): Map<string, string> {
  return new Map([...membersOf(args)].map(([name, value]) => [name, print(value)]));
}

const codeOf = (sources: Iterable<Source>) => [...sources].filter((one) => one.id === one.text).map((one) => one.id);

/** What tells sources apart: their ids, and the arguments that they name. */
function idsOf(sources: Iterable<Source>, args: ReadonlyMap<string, string>): string[] {
  return [...sources].map(({ id, text }) => {
    const named = [...args].filter(([name]) => text.includes(name));
    return [id, ...named.map(([name, value]) => `${name} = ${value}`)].join('\n');
  });
}

/** Two that disable different modules cover each other's options in no case. */
function whatIsDisabled({ disabled }: Brought, args: ReadonlyMap<string, string>): string {
  return `without ${idsOf(disabled, args).sort().join(' ')}`;
}
