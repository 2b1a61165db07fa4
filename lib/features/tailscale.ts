import type { Construct } from 'constructs';
import { Feature } from '../constructs/feature';
import { checkProps, type PropNames } from '../constructs/props';
import type { Value } from '../options/values';

export interface TailscaleProps {
  /**
   * Whether the machine uses the routes of others (`client`), offers its own (`server`), or both (NixOS).
   * @default 'client'
   */
  readonly routing?: 'none' | 'client' | 'server' | 'both' | undefined;
  /**
   * A file with the key that joins the network without a person; its path on the machine, never in the flake (NixOS).
   * @default none: run `tailscale up` once
   */
  readonly authKeyFile?: Value<string> | undefined;
  /**
   * Whether whatever comes from the network passes the firewall (NixOS).
   * @default false
   */
  readonly trusted?: boolean | undefined;
  /**
   * Arguments of `tailscale up` (NixOS).
   * @default none
   */
  readonly upFlags?: readonly string[] | undefined;
}

const propNames: PropNames<TailscaleProps> = {
  routing: true,
  authKeyFile: true,
  trusted: true,
  upFlags: true,
};

/** Tailscale: the daemon with its command, and the firewall. */
export class Tailscale extends Feature {
  constructor(scope: Construct, id: string, props: TailscaleProps = {}) {
    super(scope, id);
    checkProps(this, Tailscale, props, propNames);
    const { routing = 'client', authKeyFile, trusted = false, upFlags } = props;
    this.nixos.set({
      services: {
        tailscale: {
          enable: true,
          openFirewall: true,
          useRoutingFeatures: routing,
          authKeyFile,
          extraUpFlags: upFlags,
        },
      },
    });
    if (trusted) {
      this.nixos.set({
        networking: { firewall: { trustedInterfaces: [this.nixos.config.services.tailscale.interfaceName] } },
      });
    }
    this.darwin.set({ services: { tailscale: { enable: true } } });
  }
}
