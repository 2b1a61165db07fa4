import { type Position, redactedPosition } from '../../diagnostics';
import { exprOf } from '../../nix';
import type { ModuleClass } from '../../options/config';
import { nearestNames, nearestOptions } from '../../options/nearest';
import { type Found, namesIn, optionAt } from '../../options/option-at';
import { asItIs } from '../../options/resolve/leaves';
import { type Outcome, outcomeAt } from '../../options/resolve/outcome';
import { type Defined, type Fate, type Resolved, resolved } from '../../options/resolve/resolve-value';
import type { Fill } from '../../options/shape';
import { showTypeBriefly } from '../../options/show-type';
import { type Data, type Facts, isOption, type Option, type OptionTree } from '../../options/type';
import type { OptionsOf } from '../check/known-options';
import type { Layout } from '../context';
import type { Fleet } from '../fleet';
import { getOrInsert } from '../get-or-insert';
import type { Copy } from '../output';
import type { SourcedContribution } from '../sourced-contribution';
import { type Configuration, isHome, type Model, modulesOf, type Subject, subjectsNamed } from './configurations';
import { constructSitesNamed, partOfFlake } from './construct-sites';
import { withDots } from './dotted-names';
import { type Modules, type OutputModule, OutputReader, partsIn } from './modules';
import { leavesIn, type Origin, Origins } from './origins';
import { codeOf, dataOf, hidden, shownOutcome } from './secrets';
import { keyOf, type Setting, type Settings, settingsOf, successorIn } from './settings';
import { type Sources, sourcesOf } from './sources';

/** What the command line wants to know of a flake, beside its files. */
export type Question = QuestionOfConfiguration | QuestionOfFile | QuestionOfConstruct;

/** What an option, or all below a group, comes to, and who says so. */
export interface QuestionOfConfiguration {
  /** A host (`desk`) or home: `anna@desk` or `desk/anna`, `~anna` for one on no host, or just `anna`. */
  readonly of: string;
  /** The option or group by its names; none for all that is set. */
  readonly option: readonly string[];
}

/** Who wrote what a file of the output defines. */
export interface QuestionOfFile {
  /** Its path in the output. */
  readonly file: string;
  /** What the definitions are of, or above, or below; none for all. In `flake.nix`, the names of an input or output. */
  readonly option: readonly string[];
  /** A place in the file, from 1: what stands there only. */
  readonly at?: { readonly line: number; readonly column: number };
}

/** Who made a host or home. */
export interface QuestionOfConstruct {
  /** As questions of configurations name it; anything else means the flake. */
  readonly made: string;
}

/** The answer to a question; plain data, with places in the user's own files. */
export interface Answer {
  readonly question: Question;
  /** The configurations that the name may mean. Only if it is one, there is more. */
  readonly configurations: readonly Configuration[];
  readonly options: readonly Explanation[];
  /** What was taken to be meant, where it is not what was asked for: names with dots in them, written without quotes. */
  readonly meant?: readonly string[];
  /** Why there are no options: the name leads nowhere. */
  readonly unknown?: Unknown;
  /** Nix code of modules that may say more, and were not looked into. */
  readonly others: readonly string[];
  /** What a file defines. */
  readonly definitions: readonly DefinitionSite[];
  /** Those who made what a name means: several, if it may mean several homes. */
  readonly constructSites: readonly Origin[];
}

/** What an option comes to. */
export interface Explanation {
  readonly option: readonly string[];
  /** In words; absent if no table has it, and where a declaration of the user's own leaves it to Nix. */
  readonly type?: string;
  readonly facts: Facts;
  /** Where a Nix file of the user's declares it, or what it is in. */
  readonly declaredAt?: Position;
  readonly outcome: Outcome<string>;
  /** The attribute on the way that nobody defines. What stands in it has its default wherever there is one. */
  readonly absent?: readonly string[];
  /** The priority of what counts. */
  readonly priority?: number;
  /** Those that count in the order in which they do, then the others. */
  readonly definitions: readonly DefinitionSite[];
}

/** A name that no option has. */
export interface Unknown {
  readonly nearest: readonly (readonly string[])[];
  /** Other module systems that have it. */
  readonly classes: readonly ModuleClass[];
  /** Whether its beginning leads into the value of an option. */
  readonly isInside: boolean;
}

/** One definition, and who wrote it. */
export interface DefinitionSite {
  readonly option: readonly string[];
  /**
   * Those who wrote it, or for whom cdknix did: several, if they say the same. None, if it stands in a Nix file of the
   * user's.
   */
  readonly origins: readonly Origin[];
  /** Where it stands in a Nix file of the user's, of which the output has a copy. */
  readonly source?: Position;
  /** Where it stands in the output. */
  readonly file: string;
  readonly range?: Range;
  readonly priority?: number;
  readonly order?: number;
  /** In Nix. */
  readonly conditions: readonly string[];
  /** Absent where a file was asked about. */
  readonly fate?: Fate;
  /** In Nix. */
  readonly code: string;
  /** As JSON, if it is plain data. What may be a secret is neither here nor in `code`. */
  readonly value?: Data;
}

/** A part of a file: from the first character to behind the last one, from 1. */
export interface Range {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** What answers questions about a plan. */
export interface Planned {
  readonly fleet: Fleet;
  readonly files: ReadonlyMap<string, string | Copy>;
  readonly layout: Layout;
  /** What constructs, and cdknix for them, say in the file of a host or home. */
  readonly contributions: ReadonlyMap<Model, readonly SourcedContribution[]>;
  readonly optionsOf: OptionsOf;
  /** What stands in the place of a hole in what constructs say. */
  readonly fill: Fill;
}

/** An option that a configuration sets, and what it comes to. */
export interface ResolvedOption extends Resolved<OutputModule> {
  readonly option: readonly string[];
  /** Absent if no table has it. */
  readonly known?: Option;
}

/** Answers questions about a plan; what is read for one serves the others. */
export class PlanQueries {
  private readonly reader: OutputReader;
  private readonly sources: Sources;
  private readonly known = new Map<string, Read>();
  private readonly origins = new Map<string, Origins>();

  constructor(private readonly planned: Planned) {
    this.reader = new OutputReader(planned.files);
    this.sources = sourcesOf(planned.fleet, planned.layout, planned.contributions);
  }

  /** The answer to a question. */
  answer(question: Question): Answer {
    const answer: Answer = {
      question,
      configurations: [],
      options: [],
      others: [],
      definitions: [],
      constructSites: [],
    };
    if ('made' in question)
      return { ...answer, constructSites: constructSitesNamed(this.planned.fleet, question.made) };
    if ('file' in question) return { ...answer, definitions: this.definitionsIn(question) };
    const [subjects, path] = this.meant(question);
    const configurations = subjects.map(({ configuration }) => configuration);
    const [subject, ...more] = subjects;
    if (!subject || more.length) return { ...answer, configurations };
    return { ...answer, configurations, ...this.explain(subject, path) };
  }

  /** The configurations that a question is about; an option of a home may be asked for by its name on the host. */
  private meant({ of, option }: QuestionOfConfiguration): [Subject[], readonly string[]] {
    const subjects = subjectsNamed(this.planned.fleet, of);
    const [outer, users, user, ...inner] = option;
    if (subjects[0]?.configuration.class !== 'home' && outer === 'home-manager' && users === 'users' && inner.length) {
      const homes = subjectsNamed(this.planned.fleet, `${of}/${user}`).filter(
        ({ model }) => isHome(model) && model.embedded,
      );
      if (homes.length) return [homes, inner];
    }
    return [subjects, option];
  }

  /**
   * All that a configuration sets, with values as they are: secrets are not hidden.
   *
   * @param name as in questions; it has to mean one configuration
   */
  resolvedOptions(name: string): ResolvedOption[] {
    const [subject] = subjectsNamed(this.planned.fleet, name);
    if (!subject) return [];
    const read = this.read(subject);
    return [...read.settings.byOption.values()].map((setting) => this.resolve(setting, read));
  }

  private read(subject: Subject): Read {
    return getOrInsert(this.known, JSON.stringify(subject.configuration), () => {
      const { optionsOf } = this.planned;
      const { options } = optionsOf(subject.configuration.class);
      const modules = modulesOf(subject, this.reader, optionsOf, this.surroundings);
      return { ...subject, options, modules, settings: settingsOf(modules.modules, options, this.surroundings) };
    });
  }

  private get surroundings() {
    const { optionsOf } = this.planned;
    return { fill: () => undefined, optionsOf: (of: ModuleClass) => optionsOf(of).options };
  }

  /** What is set at an option or group, also where names with dots are written without quotes. */
  private explain(subject: Subject, path: readonly string[]): Explained {
    const asWritten = this.explainAt(subject, path);
    if (asWritten.options.some((one) => one.definitions.length)) return asWritten;
    const read = this.read(subject);
    const near = [...read.settings.byOption.values()].filter(({ option }) => option[0] === path[0]);
    const defined = near.flatMap((one) => this.resolve(one, read).definitions.map(({ option }) => option));
    const meant = withDots(path, defined);
    return meant ? { ...this.explainAt(subject, meant), meant } : asWritten;
  }

  /** What is set at an option or group; an option that nobody sets has its default. */
  private explainAt(subject: Subject, path: readonly string[]): Explained {
    const read = this.read(subject);
    const { byOption } = read.settings;
    const found = optionAt(read.options, path, this.surroundings.optionsOf);
    const { others } = read.modules;
    const successor =
      found.is === 'option' && successorIn(found.known as Option, read.options, this.surroundings.optionsOf);
    if (successor) return this.explainAt(subject, successor.path);
    if (found.is === 'option' || found.is === 'inside') {
      const known = byOption.get(keyOf(found.option));
      const option = optionAt(read.options, found.option, undefined).known as Option;
      const setting: Setting = known ?? { option: found.option, known: option, values: [] };
      return { options: [this.explained(setting, read, path, found.known)], others };
    }
    const below = [...byOption.values()].filter((one) => startsWith(one.option, path));
    const above = path.map((_, i) => byOption.get(keyOf(path.slice(0, i + 1)))).find((one) => one !== undefined);
    const options = below.map((one) => this.explained(one, read, one.option, one.known));
    if (above && !below.length) {
      const inside = this.explained(above, read, path, undefined);
      // A table that has the option knows what it holds; what is set all the same is explained.
      if (!above.known || inside.definitions.length) options.push(inside);
    }
    if (found.is === 'group' || options.length) return { options, others };
    return { options, others, unknown: this.unknown(path, found, read) };
  }

  private unknown(path: readonly string[], { depth, known, option }: Found, { configuration, options }: Read): Unknown {
    const { optionsOf } = this.surroundings;
    const own = configuration.class;
    const classes = (['nixos', 'darwin', 'home'] as const).filter(
      (of) => of !== own && optionAt(optionsOf(of), path, optionsOf).is !== 'nothing',
    );
    const wrong = path.slice(0, depth + 1);
    const isInside = option.length < depth;
    if (!isOption(known))
      return { nearest: nearestOptions(wrong, known, path.slice(depth + 1, depth + 2), options), classes, isInside };
    const near = nearestNames(wrong.at(-1)!, namesIn(known, optionsOf));
    return { nearest: near.map((name) => [...wrong.slice(0, -1), name]), classes, isInside };
  }

  private resolve(setting: Setting, { settings }: Read): ResolvedOption {
    const { option, known, values } = setting;
    const whole = resolved(option, known ?? ['any'], values, this.surroundings);
    const opaque = settings.opaque.filter(({ group }) => startsWith(option, group));
    const one = { option, ...(known && { known }), ...whole };
    if (!opaque.length) return one;
    // What cannot be seen may be of any priority.
    const unseen = opaque.map(({ group, entry }): Defined<OutputModule> => {
      return { ...entry, option: group, type: 'any', fate: { is: 'may' } };
    });
    const outcome: Outcome = { is: 'open', because: 'expression', code: opaque[0]!.entry.value };
    return { ...one, outcome, priority: undefined, definitions: [...whole.definitions, ...unseen] };
  }

  private explained(
    setting: Setting,
    read: Read,
    path: readonly string[],
    known: Option | OptionTree | undefined,
  ): Explanation {
    const whole = this.resolve(setting, read);
    const rest = path.slice(setting.option.length);
    const [type, facts = {}] = known && isOption(known) ? known : [];
    const inner = outcomeAt(whole.outcome, rest) ?? ({ is: 'nothing' } as const);
    const isUnset = rest.length > 0 && inner.is === 'nothing' && facts.default !== undefined;
    const outcome: Outcome = isUnset ? { ...asItIs(facts.default, nothing), weak: true } : inner;
    const definitions = whole.definitions.filter(({ option }) => startsWith(option, path) || startsWith(path, option));
    const absent = definitions.length || !known ? undefined : this.absentOn(path, setting.option, whole.outcome, read);
    const declaredAt = this.planned.optionsOf(read.configuration.class).declaredAt?.(setting.option);
    const isTold = type !== undefined && !(declaredAt && type === 'any');
    return {
      option: path,
      ...(isTold && { type: showTypeBriefly(type) }),
      ...(declaredAt && { declaredAt }),
      facts,
      outcome: shownOutcome(outcome, path),
      ...(absent && { absent }),
      ...(whole.priority !== undefined && !rest.length && { priority: whole.priority }),
      definitions: definitions.map((one) => this.definitionSite(one, read.model)),
    };
  }

  /** The first attribute on a way into an option that its value has not. */
  private absentOn(
    path: readonly string[],
    option: readonly string[],
    outcome: Outcome,
    { options }: Read,
  ): readonly string[] | undefined {
    const ways = path.slice(option.length).map((_, i) => path.slice(0, option.length + i + 1));
    return ways.find((way) => {
      const isAttribute = optionAt(options, way, this.surroundings.optionsOf).beside === undefined;
      return isAttribute && (outcomeAt(outcome, way.slice(option.length))?.is ?? 'nothing') === 'nothing';
    });
  }

  private definitionSite(
    { by, value, option, priority, order, conditions, fate }: Defined<OutputModule>,
    model: Model,
  ): DefinitionSite {
    return {
      option,
      ...this.provenanceOf(by, value, option, model),
      ...(priority !== undefined && { priority }),
      ...(order !== undefined && { order }),
      conditions: conditions.map((one) => codeOf(one, option)),
      fate,
      code: codeOf(value, option),
      ...dataOf(value, option),
    };
  }

  /** Who wrote a value, and where it stands. */
  private provenanceOf(
    { file, imported }: OutputModule,
    value: unknown,
    option: readonly string[],
    model: Model | undefined,
    inner: readonly number[] = [],
  ): Pick<DefinitionSite, 'origins' | 'source' | 'file' | 'range'> {
    const span = exprOf(value)?.pos;
    const from = span && this.reader.placeOf(file, span.start);
    const to = span && this.reader.placeOf(file, span.end);
    const at = from && to && { range: { ...from, endLine: to.line, endColumn: to.column } };
    const isSecret = codeOf(value, option).includes(hidden);
    const shown = (position: Position) => (isSecret ? redactedPosition(position, option.at(-1))! : position);
    const source = this.reader.sourceOf(file);
    if (source !== undefined) {
      const { line = 1, column = 1, endLine, endColumn = 2 } = at?.range ?? {};
      const length = endLine === line ? endColumn - column : 1;
      return { origins: [], source: shown({ file: source, line, column, length, isSource: true }), file, ...at };
    }
    const whole = this.originsIn(file, model);
    const found = imported === undefined ? whole.of(value, option, inner) : whole.ofImport(imported);
    const origins = found.map(({ position, ...one }) => ({ ...one, ...(position && { position: shown(position) }) }));
    return { origins, file, ...at };
  }

  private originsIn(file: string, model: Model | undefined): Origins {
    const key = `${file}\0${model?.path ?? ''}`;
    return getOrInsert(this.origins, key, () => {
      return new Origins(partsIn({ file }, this.reader)?.config, this.sources(file, model), this.planned.fill);
    });
  }

  /** What stands in a file, whatever configuration has it. */
  private definitionsIn({ file, option: path, at }: QuestionOfFile): DefinitionSite[] {
    if (file === 'flake.nix') {
      const part = partOfFlake(this.planned.fleet, path);
      return part ? [{ option: part.names, origins: part.origins, file, conditions: [], code: '' }] : [];
    }
    const parts = partsIn({ file }, this.reader);
    if (!parts) return [];
    const offset = at && this.reader.offsetOf(file, at);
    const isThere = (value: unknown) => offset === undefined || holds(value, offset);
    const imports = (parts.imports ?? []).flatMap((value, imported): DefinitionSite[] => {
      const one = this.reader.importOf(value, file, imported);
      const inline = one && 'code' in one ? partsIn(one, this.reader) : undefined;
      if (inline) return this.leavesOf({ file, imported, config: inline.config }, path, isThere, offset);
      if (path.length || offset === undefined || !isThere(value)) return [];
      const module = { file, imported, config: undefined };
      return [
        { option: [], ...this.provenanceOf(module, value, [], undefined), conditions: [], code: codeOf(value, []) },
      ];
    });
    return [...this.leavesOf({ file, config: parts.config }, path, isThere, offset), ...imports];
  }

  private leavesOf(
    module: OutputModule,
    path: readonly string[],
    isThere: (value: unknown) => boolean,
    offset: number | undefined,
  ): DefinitionSite[] {
    return leavesIn(module.config, nothing)
      .filter(({ names }) => startsWith(names, path) || startsWith(path, names))
      .filter(({ value, conditions }) => isThere(value) || conditions.some(isThere))
      .map(({ names, value, shape, priority, order, conditions }) => {
        const index = offset === undefined || !Array.isArray(shape) ? -1 : shape.findIndex((one) => holds(one, offset));
        return {
          option: names,
          ...this.provenanceOf(module, value, names, undefined, index < 0 ? [] : [index]),
          ...(priority !== undefined && { priority }),
          ...(order !== undefined && { order }),
          conditions: conditions.map((one) => codeOf(one, names)),
          code: codeOf(value, names),
          ...dataOf(value, names),
        };
      });
  }
}

/** What there is to say of a configuration at a path. */
type Explained = Pick<Answer, 'options' | 'meant' | 'others' | 'unknown'>;

/** What has been read of a configuration. */
interface Read extends Subject {
  readonly options: OptionTree;
  readonly modules: Modules;
  readonly settings: Settings;
}

const nothing: Fill = () => undefined;

function startsWith(names: readonly string[], start: readonly string[]): boolean {
  return start.length <= names.length && start.every((name, i) => name === names[i]);
}

/** Whether code stands around a place in its file. */
function holds(value: unknown, offset: number): boolean {
  const pos = exprOf(value)?.pos;
  return pos !== undefined && pos.start <= offset && offset < pos.end;
}
