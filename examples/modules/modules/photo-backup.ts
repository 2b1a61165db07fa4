import { Feature, lib, lines, mkEnableOption, mkIf, mkOption, mkPackageOption, ne, pkgs, types } from 'cdknix';
import type { Construct } from 'constructs';

/** Backs photos up every night; the home has a command that lists what there is. */
export class PhotoBackup extends Feature {
  readonly options = this.nixos.declare({
    services: {
      photoBackup: {
        enable: mkEnableOption('nightly backups of photos'),
        package: mkPackageOption(pkgs, 'restic'),
        repository: mkOption({
          type: types.str,
          description: 'Where the backups go.',
          example: 'sftp:nas:/srv/photos',
        }),
        passwordFile: mkOption({
          type: types.path,
          description: 'The file that holds the password of the repository.',
        }),
        folders: mkOption({ type: types.listOf(types.path), default: [], description: 'What is backed up.' }),
        keep: mkOption({ type: types.ints.positive, default: 14, description: 'How many backups are kept.' }),
        compression: mkOption({
          type: types.enum(['auto', 'max', 'off']),
          default: 'auto',
          description: 'How much time is spent on making backups small.',
        }),
      },
    },
  });

  readonly homeOptions = this.home.declare({
    programs: { photoBackup: { enable: mkEnableOption('the command photo-backups') } },
  });

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const cfg = this.options.services.photoBackup;
    const restic = lib.getExe(cfg.package);
    this.nixos.set(
      mkIf(cfg.enable, {
        assertions: [{ assertion: ne(cfg.folders, []), message: 'services.photoBackup.folders says what to back up' }],
        systemd: {
          services: {
            'photo-backup': {
              description: 'Backup of photos',
              startAt: 'daily',
              environment: { RESTIC_REPOSITORY: cfg.repository, RESTIC_PASSWORD_FILE: cfg.passwordFile },
              script: lines`
                ${restic} backup --compression ${cfg.compression} ${lib.escapeShellArgs(cfg.folders)}
                ${restic} forget --prune --keep-daily ${cfg.keep}
              `,
            },
          },
        },
      }),
    );
    const command = pkgs.writeShellScriptBin('photo-backups', 'systemctl list-timers photo-backup');
    this.home.set(mkIf(this.homeOptions.programs.photoBackup.enable, { home: { packages: [command] } }));
  }
}

declare module 'cdknix' {
  interface DeclaredOptions {
    photoBackup: PhotoBackup;
  }
}
