import type { Construct } from 'constructs';
import { Feature } from '../constructs/feature';
import { checkProps, type PropNames } from '../constructs/props';
import { pkgs } from '../module';

export interface DockerProps {
  /**
   * Whether each user has a daemon of their own instead of one that runs as root (NixOS).
   * @default false
   */
  readonly rootless?: boolean | undefined;
  /**
   * Whether unused images and containers are removed every week (NixOS).
   * @default true
   */
  readonly autoPrune?: boolean | undefined;
  /**
   * Settings of the daemon, as in `daemon.json` (NixOS).
   * @default none
   */
  readonly daemon?: Readonly<Record<string, unknown>> | undefined;
  /**
   * Settings of the command line, as in `config.json`.
   * @default none
   */
  readonly cli?: Readonly<Record<string, unknown>> | undefined;
}

const propNames: PropNames<DockerProps> = {
  rootless: true,
  autoPrune: true,
  daemon: true,
  cli: true,
};

/** Docker: the daemon, the group that may talk to it, and the user's tools. On a Mac, Docker Desktop by Homebrew. */
export class Docker extends Feature {
  constructor(scope: Construct, id: string, props: DockerProps = {}) {
    super(scope, id);
    checkProps(this, Docker, props, propNames);
    const { rootless = false, autoPrune = true, daemon, cli } = props;
    const settings = daemon && { daemon: { settings: daemon } };
    this.nixos.set({
      virtualisation: {
        docker: rootless
          ? { rootless: { enable: true, setSocketVariable: true, ...settings } }
          : { enable: true, ...(autoPrune && { autoPrune: { enable: true } }), ...settings },
      },
    });
    this.darwin.set({ homebrew: { enable: true, casks: ['docker-desktop'] } });
    // A daemon that runs as root answers members of its group only; membership is as good as root.
    if (!rootless) this.account.addGroups('docker');
    this.home.set({
      programs: {
        lazydocker: { enable: true },
        ...(cli && { 'docker-cli': { enable: true, settings: cli } }),
      },
      home: { packages: [pkgs['docker-compose']] },
    });
  }
}
