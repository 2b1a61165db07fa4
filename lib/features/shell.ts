import type { Construct } from 'constructs';
import { Feature } from '../constructs/feature';
import { checkProps, type PropNames } from '../constructs/props';
import { mkIf, pkgs } from '../module';

export interface ShellProps {
  /**
   * Which shell.
   * @default 'zsh'
   */
  readonly shell?: 'zsh' | 'fish' | 'bash' | undefined;
  /**
   * Whether it is the login shell of the account.
   * @default true
   */
  readonly login?: boolean | undefined;
  /**
   * Short names for commands: `{ ll: 'ls -la' }`.
   * @default none
   */
  readonly aliases?: Readonly<Record<string, string>> | undefined;
  /**
   * The Starship prompt: whether to have it, or its settings.
   * @default true
   */
  readonly starship?: boolean | Readonly<Record<string, unknown>> | undefined;
  /**
   * Environments by folder with direnv and nix-direnv.
   * @default true
   */
  readonly direnv?: boolean | undefined;
  /**
   * Fuzzy search in history and files with fzf.
   * @default true
   */
  readonly fzf?: boolean | undefined;
  /**
   * Jumps to folders with zoxide.
   * @default true
   */
  readonly zoxide?: boolean | undefined;
}

const propNames: PropNames<ShellProps> = {
  shell: true,
  login: true,
  aliases: true,
  starship: true,
  direnv: true,
  fzf: true,
  zoxide: true,
};

/** An interactive shell: known to the system, the account's login shell, and configured for the user. */
export class Shell extends Feature {
  constructor(scope: Construct, id: string, props: ShellProps = {}) {
    super(scope, id);
    checkProps(this, Shell, props, propNames);
    const { shell = 'zsh', login = true, aliases, starship = true, direnv = true, fzf = true, zoxide = true } = props;
    // Without the system's own module a login shell has no environment; both systems enable bash by themselves.
    if (shell !== 'bash') {
      this.nixos.optional().set({ programs: { [shell]: { enable: true } } });
      this.darwin.optional().set({
        programs: { [shell]: { enable: true } },
        environment: { shells: [pkgs[shell]] },
      });
    }
    if (login) this.account.optional().set({ shell: shell === 'bash' ? pkgs.bashInteractive : pkgs[shell] });
    this.home.set({
      home: { shellAliases: aliases },
      programs: {
        [shell]: {
          enable: true,
          ...(shell === 'zsh' && { autosuggestion: { enable: true }, syntaxHighlighting: { enable: true } }),
        },
        ...(shell === 'fish' && {
          // Fish asks for an index of manual pages, which macOS' own man does not make.
          man: { generateCaches: mkIf(pkgs.stdenv.hostPlatform.isDarwin, false) },
        }),
        ...(starship && {
          starship: { enable: true, ...(typeof starship === 'object' && { settings: starship }) },
        }),
        ...(direnv && { direnv: { enable: true, 'nix-direnv': { enable: true } } }),
        ...(fzf && { fzf: { enable: true } }),
        ...(zoxide && { zoxide: { enable: true } }),
      },
    });
  }
}
