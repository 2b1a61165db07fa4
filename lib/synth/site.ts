import type { Bound } from '../module';
import type { Expr } from '../nix';
import type { HomeModel, HostModel } from './fleet';

/** Where a module of the output stands: decides how references and files are spelled in it. */
export interface Site {
  readonly moduleClass: 'nixos' | 'darwin' | 'home' | 'flake';
  /** The host that the module is for, where it is for one only. */
  readonly host?: HostModel | undefined;
  /** The home that the module is for, where it is for one only. */
  readonly home?: HomeModel | undefined;
  /** The feature whose part the module is. */
  readonly feature?: object | undefined;
  /** The machine or home that it is asked of what it uses, where the module is for that one only. */
  readonly subject?: HostModel | HomeModel | undefined;
  /** The construct that wrote it. */
  readonly path: string;
  /** Gives a value its variable, where the module can say it once; without it, the value stands wherever it is used. */
  readonly bind?: (bound: Bound) => Expr;
}

/** The path of a file of the output as the module says it: every module is two folders below the root. */
export function pathFrom(site: Site, file: string): string {
  if (site.moduleClass === 'flake') return `./${file}`;
  const own = site.host && !site.home && !site.feature ? `hosts/${site.host.name}/` : undefined;
  return own && file.startsWith(own) ? `./${file.slice(own.length)}` : `../../${file}`;
}
