import {
  type Expr,
  type Feature,
  Flake,
  HomeUser,
  Host,
  lazy,
  lib,
  lines,
  mkBefore,
  mkDefault,
  mkForce,
  mkIf,
  mkMerge,
  mkOverride,
  nix,
  path,
  pkgs,
  str,
} from 'cdknix';
import type { HomeConfig, NixosConfig } from 'cdknix/options';

const flake = new Flake();
const desk = new Host(flake, 'desk', { system: 'x86_64-linux' });
const mac = new Host(flake, 'mac', { system: 'aarch64-darwin' });
const anna = new HomeUser(desk, 'anna');

// Values.
desk.set({
  networking: { hostName: 'desk', firewall: { allowedTCPPorts: [80, 443] }, domain: null },
  services: {
    nginx: {
      enable: true,
      virtualHosts: {
        'a.org': {
          root: '/srv',
          forceSSL: mkForce(true),
          listen: [{ addr: str`${desk.config.networking.hostName}.lan`, port: 80 }],
          locations: { '/': { proxyPass: 'http://localhost:3000', priority: mkDefault(10) } },
        },
      },
    },
    openssh: { settings: { PermitRootLogin: 'no', Ciphers: null, Whatever: [1, { a: 'b' }] } },
  },
  environment: {
    systemPackages: [pkgs.git, desk.config.services.nginx.package, ...[pkgs.vim]],
    variables: { EDITOR: 'vim', LEVELS: ['a', 1, str`b`] },
    etc: {
      motd: { text: lines`hello`, mode: '0444' },
      issue: { source: pkgs.hello },
      hosts: { source: path('./hosts') },
    },
  },
  users: { users: { anna: { isNormalUser: true, shell: pkgs.zsh, extraGroups: mkIf(true, ['a', str`b`]) } } },
  systemd: { services: { a: { serviceConfig: { ExecStart: lib.getExe(pkgs.hello), Restart: 'always' } } } },
});
mac.set({
  homebrew: { enable: true, casks: ['firefox', { name: 'iterm2' }] },
  system: { defaults: { dock: { autohide: true } } },
});
anna.set({ programs: { git: { enable: true, settings: { user: { name: 'Anna' } } } }, home: { packages: [pkgs.git] } });

// Expressions in the place of values, elements, sets and the whole.
desk.set(nix`{ }`);
desk.set({ services: nix`{ }`, environment: { systemPackages: nix`[ ]` } });
desk.set({ services: { nginx: { virtualHosts: { a: nix`{ }`, b: mkIf(true, { root: '/srv' }) } } } });
desk.set({ services: { nginx: { virtualHosts: mkMerge([{ a: { root: '/srv' } }, nix`{ }`]) } } });
desk.set({ environment: { variables: mkMerge([{ EDITOR: 'vim' }, mkIf(true, { PAGER: lib.getExe(pkgs.less) })]) } });
desk.set(mkMerge([{ services: { nginx: { enable: false } } }, mkIf(true, { networking: { hostName: 'a' } })]));
desk.set({
  services: mkMerge([{ nginx: {} }, mkIf(true, { openssh: { ports: mkMerge([[22], mkForce([23])]) } })]),
});
desk.set({ services: { nginx: lazy(() => ({ enable: true })), openssh: { enable: lazy(() => true) } } });
desk.set({ services: { openssh: { settings: { PermitRootLogin: mkIf(true, mkForce('no')) } } } });
desk.set({
  networking: { firewall: { allowedTCPPorts: mkBefore([desk.config.services.grafana.settings.server.http_port]) } },
});
desk.set({ system: { stateVersion: mkOverride(10, '26.05') } });
desk.set({ services: { xserver: { windowManager: { xmonad: { extraPackages: nix`p: [ p.xmonad-contrib ]` } } } } });

// References.
desk.set(mkIf(desk.config.services.openssh.enable, { networking: { hostName: desk.config.networking.fqdn } }));
desk.set({ services: { openssh: { ports: desk.config.services.openssh.ports } } });
anna.set({
  home: { sessionVariables: { HOST: desk.config.networking.hostName } },
});
desk.set({ services: { nginx: { virtualHosts: { a: { root: desk.config.services.nginx.package } } } } });
export const port: Expr<number> = desk.config.services.grafana.settings.server.http_port;
export const whatever = desk.config.services.openssh.settings.Whatever.anything;
export const release: Expr<string> = desk.config.system.nixos.release;
export const other = desk.config.containers.web.config.services.nginx.enable;
export const home = desk.config['home-manager'].users.anna.programs.git.enable;

// What programs do with values.
const on = { enable: true };
desk.set({ services: { openssh: { ...on, ...(on.enable && { ports: [22] }) } } });
const sites = Object.fromEntries(['a', 'b'].map((name) => [name, { root: `/srv/${name}` }]));
desk.set({ services: { nginx: { virtualHosts: sites } } });
for (const name of ['nginx', 'openssh']) desk.set({ services: { [name]: on } });
const nginx = (enable: boolean): NixosConfig => ({ services: { nginx: { enable } } });
desk.set(nginx(true));
const shared: HomeConfig & NixosConfig = { programs: { zsh: { enable: true } } };
desk.set(shared);
anna.set(shared);
const settings: NonNullable<NonNullable<NixosConfig['services']>['nginx']> = { enable: true };
desk.set({ services: { nginx: settings } });
export const nameOf = (host: Host) => host.config.networking.hostName;
nameOf(desk);
nameOf(mac);
export function web({ nixos, darwin, home, account }: Feature): void {
  nixos.set({ services: { nginx: on } });
  darwin.set({ homebrew: on });
  home.set({ programs: { git: on } });
  account.set({ shell: pkgs.zsh });
}

// Names that no option has, in groups of open sets as well.
anna.set({
  systemd: { user: { services: { a: { Unit: { After: ['b.service'] }, Service: { ExecStart: '/bin/x' } } } } },
});

// Old names.
desk.set({ boot: { kernelModules: ['kvm'] }, hardware: { opengl: { enable: true } } });
