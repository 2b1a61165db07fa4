import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What our own package.json says. */
export interface PackageInfo {
  readonly version: string;
  readonly peerDependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

/** Our own package.json, which is beside `dist` and `lib`. */
export function packageInfo(): PackageInfo {
  return JSON.parse(readFileSync(join(__dirname, '..', '..', 'package.json'), 'utf8')) as PackageInfo;
}
