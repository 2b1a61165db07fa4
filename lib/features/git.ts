import type { Construct } from 'constructs';
import { Feature } from '../constructs/feature';
import { checkNames, checkProps, type PropNames } from '../constructs/props';
import type { HomeConfig } from '../options/config';

export interface GitProps {
  /**
   * The author's name of commits.
   * @default Git's own configuration
   */
  readonly name?: string | undefined;
  /**
   * The author's address of commits.
   * @default Git's own configuration
   */
  readonly email?: string | undefined;
  /**
   * The branch that a new repository starts with.
   * @default 'main'
   */
  readonly defaultBranch?: string | undefined;
  /**
   * Short names for commands: `{ st: 'status' }`.
   * @default none
   */
  readonly aliases?: Readonly<Record<string, string>> | undefined;
  /**
   * Patterns that every repository ignores.
   * @default none
   */
  readonly ignores?: readonly string[] | undefined;
  /**
   * Signs every commit and tag with a key: an SSH public key or its file, or an OpenPGP key id.
   * @default no signatures
   */
  readonly signing?: { readonly key: string; readonly format?: 'ssh' | 'openpgp' | 'x509' } | undefined;
  /**
   * Shows differences with delta.
   * @default false
   */
  readonly delta?: boolean | undefined;
  /**
   * Keeps large files outside the repository with Git LFS.
   * @default false
   */
  readonly lfs?: boolean | undefined;
  /**
   * Further settings, by section, as `git config` knows them.
   * @default none
   */
  readonly settings?: Settings | undefined;
}

type Settings = NonNullable<NonNullable<HomeConfig['programs']>['git']>['settings'];

const signingNames: PropNames<GitProps['signing']> = { key: true, format: true };
const propNames: PropNames<GitProps> = {
  name: true,
  email: true,
  defaultBranch: true,
  aliases: true,
  ignores: true,
  signing: true,
  delta: true,
  lfs: true,
  settings: true,
};

/** Git for a user: who writes the commits, and how Git behaves. */
export class Git extends Feature {
  constructor(scope: Construct, id: string, props: GitProps = {}) {
    super(scope, id);
    checkProps(this, Git, props, propNames);
    checkNames(this, "'signing' of Git", props.signing, signingNames, this.position);
    const { name, email, defaultBranch = 'main', aliases, ignores, signing, delta, lfs, settings } = props;
    this.home.set({
      programs: {
        git: {
          enable: true,
          ignores,
          ...(lfs && { lfs: { enable: true } }),
          ...(signing && { signing: { key: signing.key, format: signing.format ?? 'ssh', signByDefault: true } }),
          settings: {
            ...((name ?? email) && { user: { name, email } }),
            init: { defaultBranch },
            alias: aliases,
          },
        },
        ...(delta && { delta: { enable: true, enableGitIntegration: true } }),
      },
    });
    if (settings) this.home.set({ programs: { git: { settings } } });
  }
}
