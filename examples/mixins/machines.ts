import { Backup, Metrics } from '@example/homelab-constructs';
import type { HomeUser, Host, LinuxSystem, Usable } from 'cdknix';
import { OpenSsh, Tailscale } from 'cdknix/features';
import { firefox } from './mixins/apps/firefox';
import { obs } from './mixins/apps/obs';
import { spotify } from './mixins/apps/spotify';
import { hyprland } from './mixins/desktop/hyprland';
import { plasma } from './mixins/desktop/plasma';
import { sound } from './mixins/desktop/sound';
import { sway } from './mixins/desktop/sway';
import { amd } from './mixins/hardware/amd';
import { intel } from './mixins/hardware/intel';
import { laptop } from './mixins/hardware/laptop';
import { sdCard } from './mixins/hardware/sd-card';
import { uefi } from './mixins/hardware/uefi';
import { jellyfin } from './mixins/services/jellyfin';
import { prometheus } from './mixins/services/prometheus';
import { resolver } from './mixins/services/resolver';
import { Vaultwarden } from './mixins/services/vaultwarden';
import { zigbee } from './mixins/services/zigbee';
import { Agatha } from './mixins/users/agatha';
import { Martin } from './mixins/users/martin';

interface Machine {
  readonly system: LinuxSystem;
  readonly mixins: readonly Usable[];
  readonly users: readonly (new (host: Host) => HomeUser)[];
}

const backup = Backup.with({ repository: 'sftp:backup@polaris:/srv/backup', passwordFile: '/var/lib/secrets/restic' });

const common = [Tailscale, Metrics, OpenSsh];
const desktop = [...common, sound, firefox, backup];
const server = [...common, backup];

/** Every machine: what it is, what is mixed in, who has a home on it. */
export const machines: Readonly<Record<string, Machine>> = {
  // Workstations
  vega: { system: 'x86_64-linux', mixins: [uefi, amd, ...desktop, hyprland, obs, spotify], users: [Martin] },
  altair: { system: 'x86_64-linux', mixins: [uefi, intel, ...desktop, plasma, spotify], users: [Martin, Agatha] },
  // Laptops
  deneb: { system: 'x86_64-linux', mixins: [uefi, amd, laptop, ...desktop, hyprland], users: [Martin] },
  lyra: { system: 'x86_64-linux', mixins: [uefi, intel, laptop, ...desktop, sway], users: [Martin] },
  cygnus: { system: 'aarch64-linux', mixins: [uefi, laptop, ...desktop, plasma], users: [Agatha] },
  // Servers
  polaris: { system: 'x86_64-linux', mixins: [uefi, amd, ...common, jellyfin, prometheus], users: [Martin] },
  mira: {
    system: 'x86_64-linux',
    mixins: [uefi, intel, ...server, Vaultwarden.with({ domain: 'vault.example.org' })],
    users: [Martin],
  },
  rigel: { system: 'aarch64-linux', mixins: [uefi, ...server], users: [Martin] },
  // Single-board computers
  castor: { system: 'aarch64-linux', mixins: [sdCard, ...common, resolver], users: [Martin] },
  pollux: { system: 'aarch64-linux', mixins: [sdCard, ...common, zigbee], users: [Martin] },
};
