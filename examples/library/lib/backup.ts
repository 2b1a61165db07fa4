import { Feature, path, pkgs, str, type Value } from 'cdknix';
import type { Construct } from 'constructs';

export interface BackupProps {
  /** Where the backups go, as restic names it (`sftp:backup@nas:/srv/backup`); each host has a folder of its name below it. */
  readonly repository: string;
  /** A file on the machine with the repository's password; only its name is in the flake. */
  readonly passwordFile: Value<string>;
  /**
   * What is kept safe.
   * @default /home and /var/lib
   */
  readonly paths?: readonly string[];
  /**
   * When, as systemd.time(7) has it.
   * @default 'daily'
   */
  readonly schedule?: string;
  /**
   * How many snapshots of each age stay.
   * @default 7 daily, 5 weekly and 12 monthly ones
   */
  readonly keep?: Readonly<Partial<Record<'daily' | 'weekly' | 'monthly' | 'yearly', number>>>;
}

/** Backups with restic: the timer on the host, and the command for whoever has to restore. */
export class Backup extends Feature {
  constructor(scope: Construct, id: string, props: BackupProps) {
    super(scope, id);
    const { repository, passwordFile, paths = ['/home', '/var/lib'], schedule = 'daily' } = props;
    const { keep = { daily: 7, weekly: 5, monthly: 12 } } = props;
    // The host's name is a reference, so that all hosts share one module.
    const { hostName } = this.nixos.config.networking;
    this.nixos.set({
      services: {
        restic: {
          backups: {
            [id]: {
              initialize: true,
              repository: str`${repository}/${hostName}`,
              passwordFile,
              paths,
              extraBackupArgs: ['--exclude-caches', str`--exclude-file=${path('../assets/excludes')}`],
              pruneOpts: Object.entries(keep).map(([age, count]) => `--keep-${age} ${count}`),
              timerConfig: { OnCalendar: schedule, Persistent: true, RandomizedDelaySec: '1h' },
            },
          },
        },
      },
    });
    this.home.set({ home: { packages: [pkgs.restic] } });
  }
}
