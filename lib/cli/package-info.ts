import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What our own package.json says. */
export interface PackageInfo {
  readonly version: string;
  readonly peerDependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

/** The folder of our own package, in which `dist` and `lib` are. */
export const packageRoot = join(__dirname, '..', '..');

/** Our own package.json. */
export function packageInfo(): PackageInfo {
  return JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')) as PackageInfo;
}
