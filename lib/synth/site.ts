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
  /** The construct that wrote it. */
  readonly path: string;
}

/** From a file of a module class to the root of the output. */
export function toRoot(site: Site): string {
  return site.moduleClass === 'flake' ? './' : '../../';
}
