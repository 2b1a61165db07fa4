import type { Construct } from 'constructs';
import { Feature } from '../constructs/feature';
import { checkProps, type PropNames } from '../constructs/props';

export interface OpenSshProps {
  /**
   * Public keys that may log in to the account.
   * @default none
   */
  readonly authorizedKeys?: readonly string[] | undefined;
  /**
   * Ports that the server listens on, opened in the firewall (NixOS).
   * @default [22]
   */
  readonly ports?: readonly number[] | undefined;
  /**
   * Whether a password may log in.
   * @default false
   */
  readonly passwords?: boolean | undefined;
  /**
   * How root may log in (NixOS).
   * @default 'no'
   */
  readonly root?: 'no' | 'prohibit-password' | 'yes' | undefined;
  /**
   * Machines that the user logs in to: `{ nas: { HostName: '10.0.0.2', User: 'root' } }` (ssh_config(5)).
   * @default none
   */
  readonly hosts?: Readonly<Record<string, Readonly<Record<string, unknown>>>> | undefined;
}

const propNames: PropNames<OpenSshProps> = {
  authorizedKeys: true,
  ports: true,
  passwords: true,
  root: true,
  hosts: true,
};

/** OpenSSH: the server with its port in the firewall, the account's keys, and the user's client. */
export class OpenSsh extends Feature {
  constructor(scope: Construct, id: string, props: OpenSshProps = {}) {
    super(scope, id);
    checkProps(this, OpenSsh, props, propNames);
    const { authorizedKeys, ports, passwords = false, root = 'no', hosts } = props;
    this.nixos.set({
      services: {
        openssh: {
          enable: true,
          ports,
          settings: {
            PasswordAuthentication: passwords,
            KbdInteractiveAuthentication: passwords,
            PermitRootLogin: root,
          },
        },
      },
    });
    const answer = passwords ? 'yes' : 'no';
    this.darwin.set({
      services: {
        openssh: {
          enable: true,
          extraConfig: `PasswordAuthentication ${answer}\nKbdInteractiveAuthentication ${answer}\n`,
        },
      },
    });
    if (authorizedKeys) this.account.set({ openssh: { authorizedKeys: { keys: authorizedKeys } } });
    if (hosts) {
      this.home.set({ programs: { ssh: { enable: true, enableDefaultConfig: false, settings: hosts } } });
    }
  }
}
