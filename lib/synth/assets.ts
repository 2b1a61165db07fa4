import { lstatSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { type Diagnostic, type Position, sourcePosition } from '../diagnostics';
import type { File } from '../module';
import { NixSyntaxError, parse, relativeReferences } from '../nix';
import { isInside, type Project, projectOf } from './project';

/** A file that the output holds a copy of. */
export interface Copy {
  readonly source: string;
  readonly executable: boolean;
}

const folder = 'assets';

/**
 * The files of the project that the configuration refers to. Each keeps its place relative to its project, so that files
 * that refer to each other find each other, and one that is used twice is copied once.
 */
export class Assets {
  readonly diagnostics: Diagnostic[] = [];
  /** By path in the output. */
  readonly copies = new Map<string, Copy>();
  private readonly resolved = new Map<string, string>();
  private readonly seen = new Set<string>();

  /** @param app the project whose files need no name of their own in front */
  constructor(private readonly app: Project | undefined) {}

  /** Takes a file or folder, with what it refers to; returns its path in the output. */
  add(file: File, path: string): string {
    const key = `${file.position?.file ?? ''}\0${file.path}`;
    let target = this.resolved.get(key);
    if (target === undefined) {
      target = this.locate(file, path);
      this.resolved.set(key, target);
    }
    return target;
  }

  private locate(file: File, path: string): string {
    const places = candidates(file);
    const source = places.find((place) => statSync(place, { throwIfNoEntry: false }));
    const at = { path, position: file.position };
    if (!source) {
      this.report('file-missing', `there is no '${file.path}'`, at, `looked for ${places.join(' and ')}`);
      return `${folder}/missing`;
    }
    const target = this.targetOf(source, at);
    if (target === undefined) return `${folder}/missing`;
    this.take(source, at);
    return target;
  }

  /** Where a file goes in the output; absent, with a diagnostic, if it may not go there. */
  private targetOf(source: string, at: { path?: string; position?: Position | undefined }): string | undefined {
    const project = projectOf(join(source, 'x'))?.root === source ? undefined : projectOf(source);
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
    const parts = [folder, ...(own ? [] : [project.name]), ...relative(project.root, source).split(sep)];
    return parts.join('/');
  }

  /** Copies a file or folder and, transitively, what its Nix code refers to. */
  private take(first: string, at: { path?: string; position?: Position | undefined }): void {
    const queue: { source: string; at: typeof at }[] = [{ source: first, at }];
    for (let next = queue.pop(); next; next = queue.pop()) {
      const { source } = next;
      if (this.seen.has(source)) continue;
      this.seen.add(source);
      const stat = statSync(source, { throwIfNoEntry: false });
      if (!stat) {
        const target = lstatSync(source, { throwIfNoEntry: false }) ? 'is a link to nothing' : 'does not exist';
        this.report('file-missing', `'${source}' ${target}`, next.at, 'correct the reference, or make the file');
        continue;
      }
      if (stat.isDirectory()) {
        for (const name of readdirSync(source).sort()) {
          if (!ignored.has(name)) queue.push({ source: join(source, name), at: next.at });
        }
        continue;
      }
      const target = this.targetOf(source, next.at);
      if (target === undefined) continue;
      this.copies.set(target, { source, executable: (stat.mode & 0o100) !== 0 });
      if (source.endsWith('.nix')) queue.push(...this.referencesOf(source, at.path));
    }
  }

  private referencesOf(source: string, path: string | undefined) {
    const text = readFileSync(source, 'utf8');
    try {
      return relativeReferences(parse(text))
        .filter((reference) => reference.kind === 'relative')
        .map((reference) => ({ reference, target: resolve(dirname(source), reference.path) }))
        .filter(({ reference, target }) => !reference.optional || statSync(target, { throwIfNoEntry: false }))
        .map(({ reference, target }) => {
          const position = placeIn(source, text, reference.span.start);
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

  private report(
    code: string,
    message: string,
    at: { path?: string; position?: Position | undefined },
    help: string,
  ): void {
    this.diagnostics.push({ code, severity: 'error', message, ...at, help });
  }
}

/** What is never part of a configuration: version control, dependencies, build results. */
const ignored = new Set(['.git', 'node_modules', 'result']);

/** Where a relative path may lead: from the running file, and from the source that it was compiled from. */
function candidates(file: File): string[] {
  const { position } = file;
  if (!position?.file) return [resolve(file.path)];
  const running = resolve(dirname(position.file), file.path);
  if (statSync(running, { throwIfNoEntry: false })) return [running];
  return [...new Set([running, resolve(dirname(sourcePosition(position).file), file.path)])];
}

function placeIn(file: string, text: string, offset: number): Position {
  const before = text.slice(0, offset).split('\n');
  return { file, line: before.length, column: before.at(-1)!.length + 1 };
}
