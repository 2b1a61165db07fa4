import { existsSync, lstatSync, readdirSync, readFileSync, realpathSync, type Stats, statSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { type Diagnostic, type Position, positionsIn, sourcePosition } from '../diagnostics';
import type { File } from '../module';
import { NixSyntaxError, type Expr as Node, parse, relativeReferences } from '../nix';
import type { Reference } from '../nix/references';
import { notAModule } from './check/module-files';
import { type Component, componentsOf, foldComponents, reachedFrom } from './components';
import { getOrInsert } from './get-or-insert';
import { manifestFile } from './manifest';
import type { Copy } from './output';
import type { OutputSources } from './output-sources';
import { isInside, type Project, projectOf } from './project';

const assetsFolder = 'assets';

/** Who refers to a file. */
export interface At {
  readonly path?: string;
  readonly position?: Position | undefined;
}

/** A file or folder that the configuration refers to, or that what it refers to leads to. */
interface SourceFile {
  readonly source: string;
  /** Who was the first to refer to it. */
  readonly at: At;
  /** The file of code that refers to it. */
  readonly from: string | undefined;
  /** The folders that it was found in, without links. */
  readonly within: readonly string[];
  /** Whether it is used where it is, in the output. */
  readonly inPlace: boolean;
  /** What is copied; a folder, and what must not be copied, has none. */
  copy?: Copy & { readonly place: string };
  isRefused?: boolean;
}

/** The folder of a host that holds all that something leads to: `null` if none does, nothing if it leads to no file. */
type HostFolder = string | null | undefined;

/** What a path in code leads to. */
interface Root {
  readonly source: string;
  readonly component: Component<SourceFile>;
}

/** A problem of a file. */
interface Found {
  readonly diagnostic: Diagnostic;
  /** Whether Nix may never read the file. */
  readonly isDoubtful?: true;
  /** The code that it is in; nothing where that is no matter. */
  readonly within?: string | undefined;
}

/** A Nix file that is copied. */
interface NixFile {
  readonly tree: Node;
  readonly positionOf: (offset: number) => Position;
  readonly references: readonly Reference[];
}

/**
 * The files of the project that the configuration refers to. Each keeps its place relative to its project, so that files
 * that refer to each other find each other, and one that is used twice is copied once: below `assets/`, or, if it and all
 * that it refers to is in the folder of a host, in that folder. What lies in the output is referred to where it is.
 *
 * Each file is read once, and what is known of it and of what it leads to is found once, whoever refers to it.
 */
export class Assets {
  private readonly found: Found[] = [];
  /** What Nix reads: modules, and what the code of such a file refers to. */
  private readonly read = new Set<string>();
  /** By path in the output. */
  readonly copies = new Map<string, Copy>();
  private readonly targets = new Map<string, string>();
  private readonly roots = new Map<string, Root>();
  private readonly files = new Map<string, SourceFile>();
  private readonly nixFiles = new Map<string, NixFile | undefined>();
  private readonly sources = new Map<Node, string>();
  private readonly referrers = new Map<string, At>();
  private readonly componentOf = componentsOf((file: SourceFile) => this.linksOf(file));
  private readonly hostFolders = new Map<Component<SourceFile>, HostFolder>();
  private readonly inHosts = new Set<object>();
  private readonly inAssets = new Set<object>();
  private readonly inOutput = new Set<object>();
  private readonly searches = new Map<unknown, Map<object, unknown>>();
  private weighedOnce: ReadonlyMap<Diagnostic, Found> | undefined;

  /**
   * @param app the project whose files need no name of their own in front
   * @param hosts the names of the hosts, whose folders are theirs
   * @param output what lies in the output
   */
  constructor(
    private readonly app: Project | undefined,
    private readonly hosts: ReadonlySet<string>,
    private readonly output: OutputSources,
  ) {}

  /** All problems: those of code that is copied as mere data, as a part of a folder, are warnings. */
  get diagnostics(): Diagnostic[] {
    return [...this.weighed.keys()];
  }

  /** Whether the user may say that something does not matter, as Nix never reads it. */
  mayAcknowledge(diagnostic: Diagnostic): boolean {
    return this.weighed.get(diagnostic)?.isDoubtful ?? false;
  }

  private get weighed(): ReadonlyMap<Diagnostic, Found> {
    this.weighedOnce ??= new Map(
      this.found.map((one) => {
        const isData = one.within !== undefined && !this.isRead(one.within);
        return [isData ? { ...one.diagnostic, severity: 'warning' as const } : one.diagnostic, one];
      }),
    );
    return this.weighedOnce;
  }

  /** Whether Nix reads a file as code: it, or a folder that it is in. */
  private isRead(source: string): boolean {
    for (let at = source; ; at = dirname(at)) {
      if (this.read.has(at)) return true;
      if (dirname(at) === at) return false;
    }
  }

  /** Takes a file or folder, with what it refers to; returns its path in the output. */
  add(file: File, path: string): string {
    return getOrInsert(this.targets, keyOf(file), () => this.take(file, path));
  }

  /** The syntax tree of the Nix file that a module of the project is. */
  moduleTree(file: File, path: string): Node | undefined {
    const { source } = this.rootOf(file, path) ?? {};
    return source === undefined ? undefined : (this.treeOf(source) ?? this.treeOf(join(source, 'default.nix')));
  }

  /**
   * What the syntax trees of the Nix files that a file of the project is, or leads to, come to.
   *
   * @param known what files came to before; each is worked out once
   * @param of what trees of files that lead to each other come to, and what they lead to comes to
   */
  foldTrees<T>(
    file: File,
    path: string,
    known: Map<object, T>,
    of: (trees: readonly Node[], next: readonly T[]) => T,
  ): T | undefined {
    const root = this.rootOf(file, path);
    return root && foldComponents(root.component, known, (files, next) => of(this.treesOf(files), next));
  }

  /**
   * The first that is found in the syntax trees of the Nix files that a file of the project is, or leads to.
   *
   * @param find asked once for each tree
   */
  findIn<T>(file: File, path: string, find: (tree: Node) => T | undefined): T | undefined {
    const known = getOrInsert(this.searches, find, () => new Map()) as Map<object, T | undefined>;
    return this.foldTrees(file, path, known, (trees, next) => {
      for (const tree of trees) {
        const found = find(tree);
        if (found !== undefined) return found;
      }
      return next.find((found) => found !== undefined);
    });
  }

  /** The syntax tree of a Nix file that is copied. */
  treeOf(source: string): Node | undefined {
    return this.nixFiles.get(source)?.tree;
  }

  /** Where some code stands in the file of its syntax tree; nothing if the tree is of no file. */
  positionOf(tree: Node, { pos }: Node): Position | undefined {
    const source = this.sources.get(tree);
    return source !== undefined && pos ? this.nixFiles.get(source)?.positionOf(pos.start) : undefined;
  }

  /** Who was the first to refer to a file that is copied. */
  referrerOf(source: string): At | undefined {
    return this.referrers.get(source);
  }

  private treesOf(files: readonly SourceFile[]): Node[] {
    return files.flatMap(({ source }) => this.treeOf(source) ?? []);
  }

  private rootOf(file: File, path: string): Root | undefined {
    this.add(file, path);
    return this.roots.get(keyOf(file));
  }

  private take(file: File, path: string): string {
    const places = candidates(file);
    const source = places.find(statOf);
    const at = { path, position: file.position };
    if (!source) {
      this.report('file-missing', `there is no '${file.path}'`, at, `looked for ${places.join(' and ')}`);
      return 'missing';
    }
    if (file.use === 'module' && statSync(source).isDirectory() && !existsSync(join(source, 'default.nix'))) {
      this.report(
        'file-missing',
        `the folder '${file.path}' has no default.nix`,
        at,
        'import a file of it, or make one',
      );
      return 'missing';
    }
    const wrong = file.use === 'module' && statSync(source).isFile() ? notAModule(file.path, source) : undefined;
    if (wrong) {
      this.report('not-a-module', wrong.message, at, wrong.help);
      return 'missing';
    }
    const from = file.position?.file;
    const first: SourceFile = { source, at, from, within: [], inPlace: this.output.pathOf(source) !== undefined };
    const place = this.placeOf(first, (code, message, help) => this.report(code, message, at, help));
    if (place === undefined) return 'missing';
    if (file.use === 'module' || !statSync(source).isDirectory()) this.read.add(source);
    const component = this.componentOf(this.fileAt(first));
    this.roots.set(keyOf(file), { source, component });
    const folder = foldComponents(component, this.hostFolders, (files, next) => this.commonFolder(files, next));
    if (folder === undefined) {
      this.report(
        'folder-empty',
        `the folder '${file.path}' holds no file`,
        at,
        'Nix gets the flake by git, which keeps no empty folders: put a file in it, such as .keep',
      );
    }
    if (first.inPlace) {
      for (const { copy } of reachedFrom(component, this.inOutput))
        if (copy) this.copies.set(copy.place, copyOf(copy, true));
      return place;
    }
    const stays = folder !== undefined && folder === this.hostFolder(place);
    const targetOf = (place: string) => (stays ? place : `${assetsFolder}/${place}`);
    for (const { copy } of reachedFrom(component, stays ? this.inHosts : this.inAssets)) {
      if (copy) this.copies.set(targetOf(copy.place), copyOf(copy, false));
    }
    return targetOf(place);
  }

  /** The project that a file is of: the app's for all below it, but for packages that bring their own files. */
  private projectOf(source: string, caller: Project | undefined): Project | undefined {
    const { app } = this;
    const nearest = projectOf(join(source, 'x'))?.root === source ? undefined : projectOf(source);
    if (!app || source === app.root || !isInside(source, app.root) || (nearest && caller?.root === nearest.root))
      return nearest;
    return relative(app.root, source).split(sep).includes('node_modules') ? nearest : app;
  }

  /** The folder of the host that a place belongs to. */
  private hostFolder(place: string): string | undefined {
    const [, folder, host, file] = /^(hosts\/([^/]+)\/)(.+)$/.exec(place) ?? [];
    return host && this.hosts.has(host) && !ours.has(file!) ? folder : undefined;
  }

  /** The one folder of a host that holds files and all that they lead to. */
  private commonFolder(files: readonly SourceFile[], next: readonly HostFolder[]): HostFolder {
    const own = files.map(({ copy, isRefused }) => {
      if (copy) return this.hostFolder(copy.place) ?? null;
      return isRefused ? null : undefined;
    });
    const [first, ...others] = [...own, ...next].filter((one) => one !== undefined);
    return others.every((one) => one === first) ? first : null;
  }

  /** A file as the code of a project knows it: a package may bring what nobody else may use. */
  private fileAt(file: SourceFile): SourceFile {
    const { source, from, inPlace } = file;
    const project = (from && projectOf(from)?.root) ?? '';
    return getOrInsert(this.files, `${inPlace ? 'in place' : project}\0${source}`, () => file);
  }

  /** What a file leads to: what is in a folder, and what Nix code refers to. */
  private linksOf(file: SourceFile): SourceFile[] {
    const { source, at, from, within, inPlace } = file;
    const refuse = (code: string, message: string, help: string): SourceFile[] => {
      file.isRefused = true;
      this.doubt(code, message, at, help, from?.endsWith('.nix') && !within.length ? from : undefined);
      return [];
    };
    const leaveOut = (what: string, help: string): SourceFile[] => {
      if (!inPlace) this.leftOut(what, at, help);
      return [];
    };
    const stat = statOf(source);
    if (!stat) {
      const isLink = lstatSync(source, { throwIfNoEntry: false }) !== undefined;
      if (isLink && within.length) return leaveOut(`'${source}' is a link to nothing, and is not copied`, 'remove it');
      const what = isLink ? 'is a link to nothing' : 'does not exist';
      return refuse('file-missing', `'${source}' ${what}`, 'correct the reference, or make the file');
    }
    if (stat.isDirectory()) {
      const names = readdirSync(source).sort();
      // Another output is no part of a configuration, nor is our own where it is copied.
      if (names.includes(manifestFile) && !(inPlace && this.output.pathOf(source) === '')) {
        if (this.output.pathOf(source) === '') return [];
        return leaveOut(`'${source}' is an output of cdknix, and is not copied`, 'move what is to be copied out of it');
      }
      const real = realpathSync(source);
      if (within.includes(real)) {
        return refuse('folder-loop', `'${source}' is a link to a folder that it is in`, 'remove the link');
      }
      const inside = { at, from, within: [...within, real], inPlace };
      const omitted = names.filter((name) => ignored.has(name));
      if (omitted.length) {
        leaveOut(
          `'${source}' is copied without ${omitted.join(', ')}`,
          'these names are never part of a configuration',
        );
      }
      const paths = names.filter((name) => !ignored.has(name)).map((name) => join(source, name));
      const others = inPlace ? paths.filter((path) => !this.output.isWritten(this.output.pathOf(path) ?? '')) : paths;
      return others.map((path) => this.fileAt({ source: path, ...inside }));
    }
    if (!stat.isFile()) {
      // Reading a pipe would wait for ever.
      const help = 'remove it, or refer to the files beside it';
      if (within.length) return leaveOut(`'${source}' is neither a file nor a folder, and is not copied`, 'remove it');
      return refuse('file-kind', `'${source}' is neither a file nor a folder`, help);
    }
    const place = this.placeOf(file, refuse);
    if (place === undefined) {
      file.isRefused = true;
      return [];
    }
    file.copy = { place, source, executable: (stat.mode & 0o100) !== 0 };
    if (!this.referrers.has(source)) this.referrers.set(source, at);
    if (!source.endsWith('.nix')) return [];
    if (!this.nixFiles.has(source)) this.nixFiles.set(source, this.parsed(source, at.path));
    const nix = this.nixFiles.get(source);
    return (nix?.references ?? []).flatMap(({ path, optional, span }) => {
      const target = resolve(dirname(source), path);
      if (optional && !statOf(target)) return [];
      if (this.isRead(source)) this.read.add(target);
      const position = nix!.positionOf(span.start);
      return this.fileAt({ source: target, at: { ...at, position }, from: source, within: [], inPlace });
    });
  }

  /** A Nix file; nothing, with a diagnostic, if it is none. */
  private parsed(source: string, path: string | undefined): NixFile | undefined {
    const text = readFileSync(source, 'utf8');
    try {
      const tree = parse(text, { names: 'check' });
      this.sources.set(tree, source);
      return { tree, references: relativeReferences(tree), positionOf: positionsIn(source, text) };
    } catch (error) {
      if (!(error instanceof NixSyntaxError)) throw error;
      const position = { file: source, line: error.line, column: error.column };
      const at = { ...(path !== undefined && { path }), position };
      this.doubt('nix-syntax', error.reason, at, 'correct the Nix file', source);
      return undefined;
    }
  }

  /** Where a file is, before it is known whose it is in the output; absent, with a diagnostic, if it may not be used. */
  private placeOf({ source, from, inPlace }: SourceFile, report: Report): string | undefined {
    return inPlace ? this.placeInOutput(source, report) : this.placeInProject(source, from, report);
  }

  private placeInOutput(source: string, report: Report): string | undefined {
    const place = this.output.pathOf(source);
    if (place === undefined) {
      const help = 'move it into the output too, or move both out of it, so that they are copied together';
      report('file-outside', `'${source}' is outside the output, and a file in it refers to it`, help);
    } else if (this.output.leadsOut(source)) {
      const help = 'it is a link to somewhere else; copy the file into the output';
      report('file-outside', `'${source}' is outside the output`, help);
    } else if (this.output.isWritten(place)) {
      const help = 'refer to a file of your own; what features say is shared by using them';
      report('file-generated', `'${source}' is a file that cdknix writes`, help);
    } else return place;
    return undefined;
  }

  /** Where a file is in its project, with the project's name in front. */
  private placeInProject(source: string, from: string | undefined, report: Report): string | undefined {
    const caller = from ? projectOf(from) : undefined;
    const project = this.projectOf(source, caller);
    if (!project || !isInside(realpathSync(source), realpathSync(project.root))) {
      report(
        'file-outside',
        `'${source}' is outside the project`,
        project
          ? 'it is a link to somewhere else; copy the file into the project'
          : 'copy it into a folder below the one with cdk-like.json or package.json',
      );
      return undefined;
    }
    // A package may bring its own files, wherever it is installed or linked from.
    if (this.app && !isInside(project.root, this.app.root) && (!caller || caller.root !== project.root)) {
      report('file-outside', `'${source}' is outside the project ${this.app.root}`, 'copy it into the project');
      return undefined;
    }
    const own = project.root === this.app?.root;
    return [...(own ? [] : [this.folderOf(project)]), ...relative(project.root, source).split(sep)].join('/');
  }

  /** A folder for the files of a package, beside those of the app. */
  private folderOf({ name }: Project): string {
    let folder = name;
    while (this.app && existsSync(join(this.app.root, folder))) folder += '-package';
    return folder;
  }

  private report(code: string, message: string, at: At, help: string): void {
    this.found.push({ diagnostic: { code, severity: 'error', message, ...at, help } });
  }

  /** @param within the code that it is in */
  private doubt(code: string, message: string, at: At, help: string, within: string | undefined): void {
    this.found.push({ diagnostic: { code, severity: 'error', message, ...at, help }, isDoubtful: true, within });
  }

  private leftOut(message: string, at: At, help: string): void {
    const acknowledged = `${help}; or acknowledge(construct, 'file-left-out')`;
    const diagnostic = { code: 'file-left-out', severity: 'warning', message, ...at, help: acknowledged } as const;
    this.found.push({ diagnostic });
  }
}

/** Takes a problem of a file. */
type Report = (code: string, message: string, help: string) => void;

/** What the output has of a file. */
function copyOf({ source, executable }: Copy, inPlace: boolean): Copy {
  return { source, executable, ...(inPlace && { inPlace }) };
}

/** What there is at a path; nothing for a link that leads nowhere, or to itself. */
function statOf(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ELOOP') return undefined;
    throw error;
  }
}

/** Equal for files that are named by one path in one source. */
const keyOf = (file: File) => `${file.position?.file ?? ''}\0${file.path}`;

/** Files of a host's folder that are written by us. */
const ours = new Set(['default.nix', 'home.nix']);

/** What is never part of a configuration: version control, dependencies, build results. */
const ignored = new Set(['.git', 'node_modules', 'result']);

/** Where a relative path may lead: from the running file, and from the source that it was compiled from. */
function candidates(file: File): string[] {
  const { position } = file;
  if (!position?.file) return [resolve(file.path)];
  const running = resolve(dirname(position.file), file.path);
  if (statOf(running)) return [running];
  return [...new Set([running, resolve(dirname(sourcePosition(position).file), file.path)])];
}
