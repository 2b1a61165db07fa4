import { type Expr, Feature, Host, lazy } from 'cdknix';
import type { Construct, IConstruct } from 'constructs';

export interface MetricsProps {
  /**
   * The port that answers.
   * @default 9100
   */
  readonly port?: number;
  /**
   * The network interface that the firewall lets questions in from (NixOS).
   * @default 'tailscale0'
   */
  readonly interface?: string;
  /**
   * What is measured beside the usual.
   * @default systemd's units and processes
   */
  readonly collectors?: readonly string[];
}

/** Metrics of a host for Prometheus: the exporter, and its port in the firewall of one interface. */
export class Metrics extends Feature {
  readonly port: number;

  constructor(scope: Construct, id: string, props: MetricsProps = {}) {
    super(scope, id);
    const { port = 9100, interface: name = 'tailscale0', collectors = ['systemd', 'processes'] } = props;
    this.port = port;
    this.nixos.set({
      services: { prometheus: { exporters: { node: { enable: true, port, enabledCollectors: collectors } } } },
      networking: { firewall: { interfaces: { [name]: { allowedTCPPorts: [port] } } } },
    });
    this.darwin.set({ services: { prometheus: { exporters: { node: { enable: true, port } } } } });
  }

  /** The addresses of all hosts below a construct that have metrics, for the machine that collects them. */
  static targets(scope: IConstruct): Expr<string[]> {
    // Lazy, because hosts may be added until synth.
    return lazy(() =>
      scope.node
        .findAll()
        .filter((construct) => construct instanceof Metrics)
        .flatMap((metrics) => metrics.hosts.map((host) => `${host.name}:${metrics.port}`)),
    );
  }

  private get hosts(): Host[] {
    const own = Host.of(this);
    if (own) return [own];
    return this.node.scope?.node.findAll().filter((construct) => construct instanceof Host) ?? [];
  }
}
