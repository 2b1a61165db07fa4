import { Flake, Host, pkgs } from 'cdknix';
import { diagnostics } from 'cdknix/testing';
import { expect, it } from 'vitest';

// biome-ignore lint/suspicious/noExplicitAny: what the compiler refuses is tried too
type Any = any;

const said = (config: Any) => {
  const flake = new Flake();
  new Host(flake, 'desk', { system: 'x86_64-linux' }).set(config);
  return diagnostics(flake).map(({ code, message, help, position }) => ({
    code,
    message,
    help,
    line: position!.line > 1,
  }));
};

it.each<[string, Any, string]>([
  [
    'a list within a list of packages',
    { environment: { systemPackages: [pkgs.vim, [pkgs.git]] } },
    'environment.systemPackages[1] takes package, not a list',
  ],
  [
    'a list of packages for a path',
    { environment: { etc: { a: { source: [pkgs.git] } } } },
    'environment.etc.a.source',
  ],
  [
    'a list of packages for a set',
    { services: { nginx: { virtualHosts: [pkgs.git] } } },
    'services.nginx.virtualHosts',
  ],
  [
    'a list of packages for a submodule',
    { services: { nginx: { virtualHosts: { a: [pkgs.git] } } } },
    'services.nginx.virtualHosts.a',
  ],
])('%s is a problem of its option, at its line', (_, config, start) => {
  const [first, ...others] = said(config);
  expect(first).toMatchObject({ code: 'option-type', line: true });
  expect(first!.message.startsWith(start)).toBe(true);
  expect(first!.help).toBe('write it without the brackets; a list within a list is spread: ...list');
  expect(others).toEqual([]);
});
