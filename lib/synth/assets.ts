import { existsSync, lstatSync, readdirSync, readFileSync, realpathSync, type Stats, statSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { type Diagnostic, LazyPosition, type Position, positionAt, sourcePosition } from '../diagnostics';
import type { File } from '../module';
import { NixSyntaxError, type Expr as Node, parse, relativeReferences } from '../nix';
import { getOrInsert } from './get-or-insert';
import { type Copy, manifestFile } from './output';
import { isInside, type Project, projectOf } from './project';

const folder = 'assets';

/** Who refers to a file. */
export interface At {
  readonly path?: string;
  readonly position?: Position | undefined;
}

interface Found {
  readonly source: string;
  readonly at: At;
  /** The folders that it was found in, without links. */
  readonly within?: readonly string[];
}

/**
 * The files of the project that the configuration refers to. Each keeps its place relative to its project, so that files
 * that refer to each other find each other, and one that is used twice is copied once: below `assets/`, or, if it and all
 * that it refers to is in the folder of a host, in that folder.
 */
export class Assets {
  readonly diagnostics: Diagnostic[] = [];
  /** By path in the output. */
  readonly copies = new Map<string, Copy>();
  private readonly resolved = new Map<string, string>();
  private readonly referred = new Map<string, Found[]>();
  private readonly parsed = new Map<string, Node>();
  private readonly trees = new Map<string, Node[]>();
  private readonly referrers = new Map<string, At>();

  /**
   * @param app the project whose files need no name of their own in front
   * @param hosts the names of the hosts, whose folders are theirs
   */
  constructor(
    private readonly app: Project | undefined,
    private readonly hosts: ReadonlySet<string>,
  ) {}

  /** Takes a file or folder, with what it refers to; returns its path in the output. */
  add(file: File, path: string): string {
    const key = keyOf(file);
    let target = this.resolved.get(key);
    if (target === undefined) {
      target = this.take(file, path);
      this.resolved.set(key, target);
    }
    return target;
  }

  /** The syntax trees of the Nix files that a file of the project is, or leads to. */
  treesOf(file: File, path: string): readonly Node[] {
    this.add(file, path);
    return this.trees.get(keyOf(file)) ?? [];
  }

  /** The syntax tree of a Nix file that is copied. */
  treeOf(source: string): Node | undefined {
    return this.parsed.get(source);
  }

  /** Where some code stands in the file of its syntax tree; nothing if the tree is of no file. */
  positionOf(tree: Node, { pos }: Node): Position | undefined {
    const [source] = [...this.parsed].find(([, one]) => one === tree) ?? [];
    if (source === undefined || !pos) return undefined;
    return new LazyPosition(() => positionAt(source, readFileSync(source, 'utf8'), pos.start));
  }

  /** Who was the first to refer to a file that is copied. */
  referrerOf(source: string): At | undefined {
    return this.referrers.get(source);
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
    const place = this.placeOf(source, at);
    if (place === undefined) return 'missing';
    const files = this.closureOf({ source, at });
    if (
      !files.length &&
      statOf(source)?.isDirectory() &&
      !this.diagnostics.some((one) => one.position === at.position)
    ) {
      this.report(
        'folder-empty',
        `the folder '${file.path}' holds no file`,
        at,
        'Nix gets the flake by git, which keeps no empty folders: put a file in it, such as .keep',
      );
    }
    this.trees.set(
      keyOf(file),
      files.flatMap((one) => this.parsed.get(one.source) ?? []),
    );
    const own = this.hostFolder(place);
    const stays = own !== undefined && files.every((one) => one.place.startsWith(own));
    const targetOf = (place: string) => (stays ? place : `${folder}/${place}`);
    for (const { place, source, executable } of files) this.copies.set(targetOf(place), { source, executable });
    return targetOf(place);
  }

  /** The project that a file is of: the app's for all below it, but for packages that bring their own files. */
  private projectOf(source: string, { position }: At): Project | undefined {
    const { app } = this;
    const nearest = projectOf(join(source, 'x'))?.root === source ? undefined : projectOf(source);
    const caller = position?.file ? projectOf(position.file) : undefined;
    if (!app || source === app.root || !isInside(source, app.root) || (nearest && caller?.root === nearest.root))
      return nearest;
    return relative(app.root, source).split(sep).includes('node_modules') ? nearest : app;
  }

  /** The folder of the host that a place belongs to. */
  private hostFolder(place: string): string | undefined {
    const [, folder, host, file] = /^(hosts\/([^/]+)\/)(.+)$/.exec(place) ?? [];
    return host && this.hosts.has(host) && !ours.has(file!) ? folder : undefined;
  }

  /** A file, or all files of a folder, and transitively what their Nix code refers to. */
  private closureOf(first: Found): (Copy & { place: string })[] {
    const files: (Copy & { place: string })[] = [];
    const seen = new Set<string>();
    const queue = [first];
    for (let next = queue.pop(); next; next = queue.pop()) {
      const { source, at, within = [] } = next;
      if (seen.has(source)) continue;
      seen.add(source);
      const stat = statOf(source);
      if (!stat) {
        const what = lstatSync(source, { throwIfNoEntry: false }) ? 'is a link to nothing' : 'does not exist';
        this.report('file-missing', `'${source}' ${what}`, at, 'correct the reference, or make the file');
      } else if (stat.isDirectory()) {
        const names = readdirSync(source).sort();
        // An output, perhaps our own, is no part of a configuration.
        if (names.includes(manifestFile)) continue;
        const real = realpathSync(source);
        if (within.includes(real)) {
          this.report('folder-loop', `'${source}' is a link to a folder that it is in`, at, 'remove the link');
          continue;
        }
        const inside = [...within, real];
        const others = names.filter((name) => !ignored.has(name));
        queue.push(...others.map((name) => ({ source: join(source, name), at, within: inside })));
      } else if (!stat.isFile()) {
        // Reading a pipe would wait for ever.
        const help = 'remove it, or refer to the files beside it';
        this.report('file-kind', `'${source}' is neither a file nor a folder`, at, help);
      } else {
        const place = this.placeOf(source, at);
        if (place === undefined) continue;
        files.push({ place, source, executable: (stat.mode & 0o100) !== 0 });
        if (!this.referrers.has(source)) this.referrers.set(source, at);
        if (source.endsWith('.nix')) {
          queue.push(...getOrInsert(this.referred, source, () => this.referencesOf(source, at.path)));
        }
      }
    }
    return files;
  }

  /** Where a file is in its project, with the project's name in front; absent, with a diagnostic, if it may not be used. */
  private placeOf(source: string, at: At): string | undefined {
    const project = this.projectOf(source, at);
    if (!project || !isInside(realpathSync(source), realpathSync(project.root))) {
      this.report(
        'file-outside',
        `'${source}' is outside the project`,
        at,
        project
          ? 'it is a link to somewhere else; copy the file into the project'
          : 'copy it into a folder below the one with cdk-like.json or package.json',
      );
      return undefined;
    }
    // A package may bring its own files, wherever it is installed or linked from.
    const caller = at.position?.file && projectOf(at.position.file);
    if (this.app && !isInside(project.root, this.app.root) && (!caller || caller.root !== project.root)) {
      this.report(
        'file-outside',
        `'${source}' is outside the project ${this.app.root}`,
        at,
        'copy it into the project',
      );
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

  private referencesOf(source: string, path: string | undefined): Found[] {
    const text = readFileSync(source, 'utf8');
    try {
      const tree = parse(text, { names: 'check' });
      this.parsed.set(source, tree);
      return relativeReferences(tree)
        .filter((reference) => reference.kind === 'relative')
        .map((reference) => ({ reference, target: resolve(dirname(source), reference.path) }))
        .filter(({ reference, target }) => !reference.optional || statOf(target))
        .map(({ reference, target }) => {
          const position = positionAt(source, text, reference.span.start);
          return { source: target, at: { ...(path !== undefined && { path }), position } };
        });
    } catch (error) {
      if (!(error instanceof NixSyntaxError)) throw error;
      this.report(
        'nix-syntax',
        error.reason,
        { ...(path !== undefined && { path }), position: { file: source, line: error.line, column: error.column } },
        'correct the Nix file',
      );
      return [];
    }
  }

  private report(code: string, message: string, at: At, help: string): void {
    this.diagnostics.push({ code, severity: 'error', message, ...at, help });
  }
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
