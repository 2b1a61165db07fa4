import { readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { type Expr, relativeReferences } from '../../nix';
import { treeOf } from '../../nix/tree-of';
import type { ModuleClass } from '../../options/config';
import type { Plan } from '../../synth/output';

/** A module in the output. */
export interface OwnModule {
  readonly of: ModuleClass;
  readonly file: string;
  readonly code: Expr;
}

/** The modules of a plan, with those that they refer to. */
export function ownModules({ files, summary }: Pick<Plan, 'files' | 'summary'>): OwnModule[] {
  const classOfHost = new Map(summary.hosts.map((host) => [host.name, host.class]));
  const queue = [...files.keys()].flatMap((file): [string, ModuleClass][] => {
    const [folder, name] = file.split('/') as [string, string];
    const of = folder === 'modules' ? (name as ModuleClass) : folder === 'home' ? 'home' : undefined;
    const known = of ?? (/^hosts\/[^/]+\/default\.nix$/.test(file) ? classOfHost.get(name) : undefined);
    return known ? [[file, known]] : [];
  });
  const modules = new Map<string, OwnModule>();
  for (const [file, of] of queue) {
    const key = `${of} ${file}`;
    const code = modules.has(key) ? undefined : read(file);
    if (!code) continue;
    modules.set(key, { of, file, code });
    for (const { path, dynamic } of relativeReferences(code)) {
      const target = posix.join(posix.dirname(file), path);
      const found = [target, posix.join(target, 'default.nix')].find((one) => one.endsWith('.nix') && files.has(one));
      // A home among the modules of a host is one of another class, and stands by itself.
      if (found && !dynamic && !/^(home|modules)\//.test(found)) queue.push([found, of]);
    }
  }
  return [...modules.values()];

  function read(file: string): Expr | undefined {
    const content = files.get(file);
    const text = typeof content === 'object' ? readFileSync(content.source, 'utf8') : content;
    return text === undefined || !file.endsWith('.nix') ? undefined : treeOf(text);
  }
}
