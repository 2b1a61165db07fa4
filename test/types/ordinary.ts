// biome-ignore-all lint/complexity/useLiteralKeys: names that no type knows, as noPropertyAccessFromIndexSignature wants them
import {
  add,
  and,
  args,
  attrs,
  bind,
  builtins,
  comment,
  concat,
  cond,
  type Expr,
  eq,
  Feature,
  Flake,
  HomeUser,
  Host,
  has,
  inputs,
  lazy,
  lib,
  lines,
  mkDefault,
  mkEnableOption,
  mkForce,
  mkIf,
  mkMerge,
  mkOption,
  mkPackageOption,
  nix,
  not,
  orElse,
  path,
  pkgs,
  select,
  str,
  types,
  update,
} from 'cdknix';
import { Docker, Git, OpenSsh, Shell, Tailscale } from 'cdknix/features';
import { parse, print } from 'cdknix/nix';
import type { HomeConfig, NixosConfig } from 'cdknix/options';
import { diagnostics, synthToFiles } from 'cdknix/testing';
import type { Construct } from 'constructs';

const flake = new Flake({ channel: undefined });
const sops = flake.input('sops-nix', { url: 'github:Mic92/sops-nix', follows: ['nixpkgs'], flake: undefined });
const host = new Host(flake, 'desk', { system: 'x86_64-linux', stateVersion: undefined });
const { config } = host;

host.import(sops.nixosModules.sops);
host.set({
  environment: {
    systemPackages: [
      pkgs.git,
      pkgs.python3.withPackages((ps) => [ps['requests']]),
      pkgs.vimPlugins['nerdtree'],
      pkgs['of-my-own'],
      pkgs.hello.overrideAttrs({ doCheck: false }),
      sops.packages['x86_64-linux'].default,
      pkgs.python3.pkgs.requests,
    ],
    etc: { a: { text: config.environment.etc['b'].text } },
    variables: { A: builtins.toString(1), B: lib.strings.toUpper('a') },
  },
  users: {
    motd: str`${lib.getExe(pkgs.git)} ${config.services.nginx.virtualHosts['x'].serverName}`,
    users: { anna: { shell: pkgs.zsh, description: undefined } },
  },
  networking: { hostName: undefined, domain: config.networking.hostName, firewall: undefined },
  services: { nginx: { virtualHosts: { x: { root: undefined }, y: undefined }, package: pkgs.nginx } },
  boot: { kernelPackages: pkgs.linuxPackages_latest },
  programs: mkIf(config.services.openssh.enable, { zsh: { enable: undefined } }),
});
new HomeUser(host, 'anna', { groups: undefined, homeDirectory: undefined })
  .use(Git.with({ name: 'Anna', email: undefined }), Shell, Docker.with({ rootless: undefined }), OpenSsh, Tailscale)
  .set({ home: { packages: [pkgs.lazydocker], file: { a: { text: lib.concatStringsSep(', ', ['a']) } } } });
host.use(function own(feature: Feature) {
  const { services } = feature.nixos.declare({
    services: { own: { enable: mkOption({ type: types.bool, default: undefined }) } },
  });
  feature.nixos.set({ users: { motd: cond(services.own.enable, 'a', 'b') } });
});

/** A service with options of its own. */
export class Site extends Feature {
  readonly options = this.nixos.declare({
    services: {
      site: {
        enable: mkEnableOption('the site'),
        package: mkPackageOption(pkgs, 'hello', { nullable: undefined }),
        port: mkOption({ type: types.port, default: 8080, description: undefined }),
        mode: mkOption({ type: types.enum(['fast', 'slow']), default: 'fast', readOnly: undefined }),
        tags: mkOption({ type: types.listOf(types.str), default: [] }),
        all: mkOption({ type: types.attrs, apply: (value) => lib.filterAttrs((_, one) => has(one, 'host'), value) }),
        of: mkOption({ type: types.attrsOf(types.int), default: {} }),
        vhosts: mkOption({
          type: types.attrsOf(
            types.submodule(({ name, lib: own }) => ({
              options: {
                host: mkOption({ type: types.str, default: str`${name}.example.org` }),
                root: mkOption({ type: types.nullOr(types.path), default: null }),
                upper: mkOption({ type: types.str, default: own.toUpper(name) }),
              },
            })),
          ),
          default: {},
        }),
      },
    },
  });

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const { site } = this.options.services;
    const port = bind('port', add(site.port, 1));
    this.nixos.set(
      mkIf(and(site.enable, not(eq(site.port, 80))), {
        environment: { systemPackages: concat([site.package], [pkgs.restic]) },
        networking: { firewall: { allowedTCPPorts: [port, site.of['a']] } },
        services: {
          nginx: {
            virtualHosts: lib.mapAttrs((name, vhost) => ({ root: vhost['root'], serverName: name }), site.vhosts),
          },
        },
        users: { motd: str`${orElse(site.vhosts['x'].host, 'none')} ${cond(site.enable, 'on', 'off')}` },
      }),
    );
  }
}

declare module 'cdknix' {
  interface DeclaredOptions {
    site: Site;
  }
}

const { site } = host.use(Site).config.services;
host.set({
  services: {
    site: { enable: true, port: undefined, tags: undefined, vhosts: { a: { root: undefined }, b: undefined } },
  },
  users: { motd: str`${site.mode} ${site.vhosts['a'].upper}` },
});

// The library, package sets, functions.
const names: Expr<string> = lib.strings.concatMapStringsSep(', ', (name) => lib.toUpper(name), ['a', 'b']);
const python = pkgs.python3.withPackages((ps) => [ps.requests, ps.numpy]);
const others = [
  python,
  pkgs.python3Packages.requests.overridePythonAttrs((old) => ({ version: old.version })),
  pkgs.python3.pkgs.numpy,
  pkgs.vimPlugins.nerdtree,
  pkgs.kdePackages.kate,
  pkgs['nerd-fonts']['fira-code'],
  pkgs.writeShellScriptBin('x', lines`echo ${names}`),
  pkgs.callPackage(({ stdenv }) => stdenv.mkDerivation({ name: 'x' }), {}),
  pkgs['vscode-with-extensions'],
  inputs.nixpkgs.legacyPackages['x86_64-linux'].hello,
  inputs.self.packages['x86_64-linux'].default,
  inputs['sops-nix'].packages['x86_64-linux']['x'],
  sops.inputs.nixpkgs.lib.version,
  args['mine']['anything'],
];
const shared: NixosConfig & HomeConfig = {
  programs: { zsh: { enable: mkDefault(true), shellAliases: { ll: undefined } } },
};
host.set(mkMerge([shared, comment('why', { environment: { systemPackages: others } }), nix`{ }`, lazy(() => shared)]));
host.set({
  environment: {
    etc: { b: { source: path('./b'), mode: undefined } },
    variables: attrs([names, mkForce('x')]),
    sessionVariables: update({ A: 'a' }, { B: names }),
  },
  boot: { kernelPackages: pkgs.linuxPackagesFor(pkgs.linux), kernelParams: [select(names, 'a')] },
});
flake.overlay('own', (final, prev) => ({
  hello: prev.hello.overrideAttrs((old) => ({ pname: old.pname, meta: old.meta.description, x: final.git })),
}));
flake.overlay('theirs', sops.overlays.default);
flake.output('devShells', { 'x86_64-linux': { default: flake.pkgs('x86_64-linux').mkShell({}) } });

export const written = [synthToFiles(flake), diagnostics(flake), print(parse('1'))];
