import { Feature, pkgs } from 'cdknix';
import { Git } from 'cdknix/features';
import type { Construct } from 'constructs';

/** The command line's tools. */
export class Cli extends Feature {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.use(
      Git.with({
        name: 'Marcus',
        email: 'marcus@example.com',
        aliases: {
          st: 'status --short --branch',
          lg: 'log --oneline --graph --all',
          amend: 'commit --amend --no-edit',
        },
        ignores: ['.direnv/', 'result'],
        delta: true,
        settings: { pull: { rebase: true }, push: { autoSetupRemote: true }, rerere: { enabled: true } },
      }),
    );
    this.home.set({
      programs: {
        bat: { enable: true, config: { style: 'numbers,changes,header' } },
        eza: { enable: true, git: true, icons: 'auto', extraOptions: ['--group-directories-first'] },
        ripgrep: { enable: true, arguments: ['--smart-case', '--hidden', '--glob=!.git/'] },
        fd: { enable: true, hidden: true, ignores: ['.git/', 'node_modules/'] },
        zoxide: { enable: true },
        atuin: {
          enable: true,
          flags: ['--disable-up-arrow'],
          settings: { auto_sync: false, enter_accept: false, style: 'compact' },
        },
        direnv: { enable: true, 'nix-direnv': { enable: true } },
        btop: { enable: true },
        jq: { enable: true },
        tealdeer: { enable: true },
      },
      home: { packages: [pkgs.dust, pkgs.duf, pkgs.file, pkgs.hyperfine, pkgs.just, pkgs.unzip, pkgs['yq-go']] },
    });
  }
}
