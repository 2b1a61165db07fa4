import { builtins, Feature, str } from 'cdknix';
import type { Construct } from 'constructs';

export interface VaultwardenProps {
  /** The name that it has on the web. */
  readonly domain: string;
}

/** Passwords for the family, behind Caddy, which gets the certificate. A mixin with props is a class. */
export class Vaultwarden extends Feature {
  constructor(scope: Construct, id: string, { domain }: VaultwardenProps) {
    super(scope, id);
    const { ROCKET_PORT: port } = this.nixos.config.services.vaultwarden.config;
    this.nixos.set({
      services: {
        vaultwarden: {
          enable: true,
          config: {
            DOMAIN: `https://${domain}`,
            ROCKET_ADDRESS: '127.0.0.1',
            ROCKET_PORT: 8222,
            SIGNUPS_ALLOWED: false,
          },
        },
        caddy: {
          enable: true,
          virtualHosts: {
            [domain]: { extraConfig: str`reverse_proxy 127.0.0.1:${builtins.toString(port)}` },
          },
        },
      },
      networking: { firewall: { allowedTCPPorts: [80, 443] } },
    });
  }
}
