import { type CdknixError, type Feature, Flake, HomeUser, Host } from 'cdknix';
import { expect, it } from 'vitest';
import { renderAll } from '../../lib/diagnostics';

const linux = { system: 'x86_64-linux' } as const;

function messageOf(act: () => unknown): string {
  try {
    act();
    return '';
  } catch (error) {
    return renderAll((error as CdknixError).diagnostics)
      .replaceAll(process.cwd(), '.')
      .replace(/(?<=ts:)\d+/g, 'LINE');
  }
}

it('a feature on a host knows it, and a feature in a home knows both', () => {
  const flake = new Flake();
  const host = new Host(flake, 'desk', linux);
  const names: string[] = [];
  new HomeUser(host, 'anna').use(function both(feature: Feature) {
    names.push(feature.host.name, feature.user.name);
  });
  expect(names).toEqual(['desk', 'anna']);
});

it('a feature that serves several hosts or homes is told what to refer to instead', () => {
  const flake = new Flake();
  new Host(flake, 'desk', linux);
  expect(
    messageOf(() =>
      flake.use(function tuned(feature: Feature) {
        feature.host.set({});
      }),
    ),
  ).toMatchInlineSnapshot(`
    "error[feature-host]: the feature 'tuned' is used on the flake, so it has no host of its own
      in tuned
      at test/constructs/feature-scope.test.ts:LINE:17
      34 |         feature.host.set({});
         |                 ^
      help: refer to the configuration of whichever host the part is for: this.nixos.config, this.darwin.config; Host.of(this) is undefined here"
  `);
  expect(
    messageOf(() =>
      flake.use(function named(feature: Feature) {
        feature.user.set({});
      }),
    ),
  ).toMatchInlineSnapshot(`
    "error[feature-user]: the feature 'named' is used on the flake, so it has no user of its own
      in named
      at test/constructs/feature-scope.test.ts:LINE:17
      48 |         feature.user.set({});
         |                 ^
      help: refer to the configuration of whichever home the part is for: this.home.config; HomeUser.of(this) is undefined here"
  `);
});

it('Host.of and HomeUser.of tell whether there is one', () => {
  const flake = new Flake();
  const host = new Host(flake, 'desk', linux);
  const user = new HomeUser(host, 'anna');
  expect([Host.of(flake), Host.of(host), Host.of(user), HomeUser.of(host), HomeUser.of(user)]).toEqual([
    undefined,
    host,
    host,
    undefined,
    user,
  ]);
});
