import * as ts from 'typescript';
import { expect, it } from 'vitest';
import { compiled } from '../../lib/convert/compile';
import { type Draft, draft } from '../../lib/convert/draft';
import { featureName } from '../../lib/convert/feature-name';
import type { ModuleClass } from '../../lib/options/config';
import { projectOptions, projectWithPackage } from '../types/compiler';

const folder = projectWithPackage();

/** Modules as the compiler takes them, by their names. */
function compile(modules: Readonly<Record<string, string>>, options = {}, of: ModuleClass = 'nixos') {
  const drafts = new Map<string, Draft>(
    Object.entries(modules).map(([name, nix]) => [`${folder}/${name}.ts`, draft(nix, of, featureName(name))]),
  );
  const done = compiled(drafts, { compiler: ts, options: { ...projectOptions, ...options }, others: [] });
  return Object.fromEntries([...done].map(([path, one]) => [path.slice(folder.length + 1, -3), one.converted]));
}

it('what the compiler objects to has no types, or is raw, or stands in a set of Nix; the rest keeps its types', () => {
  const done = compile({
    reference: '{ config, ... }: { networking.hostName = config.services.openssh.ports; time.timeZone = "UTC"; }',
    constant: `
      { config, ... }:
      let cfg = config.services.openssh; in
      { networking = { hostName = "a\${cfg.nothing}"; hostId = cfg.nothing; domain = cfg.banner; }; }
    `,
    value: '{ networking.firewall.allowedTCPPorts = [ 22 "80" ]; time.timeZone = "UTC"; }',
    list: '{ pkgs, ... }: let none = [ ]; in { environment.systemPackages = none ++ [ pkgs.fd ]; }',
    lambda: '{ lib, ... }: { services.nginx.virtualHosts = (x: x) { }; }',
  });
  expect(
    Object.values(done)
      .map(({ typescript }) => typescript.split('\n').slice(2).join('\n'))
      .join('\n'),
  ).toMatchInlineSnapshot(`
    "export function reference(feature: Feature): void {
      feature.nixos.set({ networking: { hostName: args.config.services.openssh.ports }, time: { timeZone: 'UTC' } });
    }

    export function constant(feature: Feature): void {
      const os = feature.nixos;
      const cfg = os.config.services.openssh;
      os.set({
        networking: {
          hostName: str\`a\${args.config.services.openssh.nothing}\`,
          hostId: args.config.services.openssh.nothing,
          domain: args.config.services.openssh.banner,
        },
      });
    }

    export function value(feature: Feature): void {
      feature.nixos.set({ networking: { firewall: { allowedTCPPorts: [22, nix\`"80"\`] } }, time: { timeZone: 'UTC' } });
    }

    export function list(feature: Feature): void {
      const none = bind('none', nix\`[ ]\`);
      feature.nixos.set({ environment: { systemPackages: concat(nix\`\${none}\`, [pkgs.fd]) } });
    }

    export function lambda(feature: Feature): void {
      feature.nixos.set({ services: { nginx: { virtualHosts: nix\`(x: x) { }\` } } });
    }
    "
  `);
  expect(Object.values(done).flatMap(({ raws }) => raws)).toMatchInlineSnapshot(`
    [
      "type",
      "type",
      "type",
      "function",
    ]
  `);
});

it('features that declare options under one name get longer ones', () => {
  const module = (name: string) =>
    `{ lib, ... }: { options.my.${name}.enable = lib.mkEnableOption "it"; config.my.a.enable = true; }`;
  const done = compile({ 'one/accounts': module('a'), 'two/accounts': module('b') });
  const keys = Object.values(done).map(({ typescript }) => /interface DeclaredOptions {\n +(.*)/.exec(typescript)![1]);
  expect(keys).toEqual(['accounts: Accounts;', 'twoAccounts: Accounts;']);
});

it('a project that takes no such code keeps its Nix, and says why', () => {
  const done = compile(
    { a: '{ time.timeZone = "UTC"; }' },
    { verbatimModuleSyntax: true, module: ts.ModuleKind.CommonJS },
  );
  expect(done.a!.because).toMatchInlineSnapshot(
    `"it does not compile: A top-level 'export' modifier cannot be used on value declarations in a CommonJS module when 'verbatimModuleSyntax' is enabled."`,
  );
});
