import { Feature, pkgs } from 'cdknix';
import type { Construct } from 'constructs';

/** Where the services at home are. */
export const domain = 'home.example.net';

/** Clients of what runs at home: Nextcloud, Bitwarden by rbw, Matrix by Nheko, mail by Thunderbird. */
export class Selfhosted extends Feature {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    // Nheko's encryption; its makers consider it safe in Matrix: https://matrix.org/blog/2024/08/libolm-deprecation/
    this.flake.allowInsecure('olm');
    this.home.set({
      services: { 'nextcloud-client': { enable: true, startInBackground: true } },
      programs: {
        rbw: {
          enable: true,
          settings: {
            base_url: `https://vault.${domain}`,
            email: 'marcus@example.com',
            pinentry: pkgs['pinentry-qt'],
          },
        },
        nheko: { enable: true },
        thunderbird: { enable: true, profiles: { marcus: { isDefault: true } } },
      },
      accounts: {
        email: {
          accounts: {
            marcus: {
              primary: true,
              address: 'marcus@example.com',
              realName: 'Marcus',
              userName: 'marcus',
              imap: { host: `mail.${domain}` },
              smtp: { host: `mail.${domain}` },
              thunderbird: { enable: true },
            },
          },
        },
      },
    });
  }
}
