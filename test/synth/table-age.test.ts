import { type Channel, Flake, HomeUser, Host } from 'cdknix';
import { diagnostics } from 'cdknix/testing';
import { describe, expect, it } from 'vitest';
import { nearestOptions } from '../../lib/options/nearest';
import type { OptionTable } from '../../lib/options/table';
import type { OptionTree } from '../../lib/options/type';
import { ageOf, isOfChannel, isOlder } from '../../lib/synth/check/table-age';

type Loose = { set(config: object): void };

function said(channel: Channel, make: (host: Loose, home: Loose, mac: Loose) => void): string[] {
  const flake = new Flake({ channel });
  const host = new Host(flake, 'desk', { system: 'x86_64-linux' });
  const mac = new Host(flake, 'mac', { system: 'aarch64-darwin' });
  make(host as Loose, new HomeUser(host, 'anna') as unknown as Loose, mac as unknown as Loose);
  return diagnostics(flake).map(({ message, help }) => `${message}: ${help}`);
}

const nixos = 'the options known here are those of NixOS 26.11pre';
const offline = ', or without Nix cdknix import --channel those of the channel';

describe('a problem that may be the release of the table', () => {
  const unknown = (one: Loose) => one.set({ services: { zyzzyva: { enable: true } } });

  it('says so first where no name is near', () => {
    expect(said('26.05', unknown)).toEqual([
      `there is no option services.zyzzyva: ${nixos}, and the channel is 26.05: ` +
        `cdknix import reads those of your own inputs${offline}; look its name up`,
    ]);
    expect(said('26.11', unknown)).toEqual([
      `there is no option services.zyzzyva: ${nixos}, which may be older than yours: ` +
        `cdknix import reads those of your own inputs${offline}; look its name up`,
    ]);
  });

  it('says so of Home Manager and nix-darwin, which publish no options to download', () => {
    const [home, mac] = said('26.11', (_, home, mac) => {
      unknown(home);
      unknown(mac);
    }).sort();
    expect(home).toContain(
      'those of Home Manager 26.05, and the channel is 26.11: cdknix import reads those of your own inputs; look',
    );
    expect(mac).toContain(
      'those of nix-darwin 26.05, and the channel is 26.11: cdknix import reads those of your own inputs; look',
    );
  });

  it('says so first of a name that is elsewhere, and last of a slip of the fingers that a later release may have', () => {
    expect(said('26.05', (host) => host.set({ programs: { openssh: { enable: true } } }))).toEqual([
      expect.stringMatching(
        /^there is no option programs\.openssh: the options known here .*; did you mean services\.openssh\?$/,
      ),
    ]);
    const slip = (_: Loose, home: Loose) => home.set({ programs: { gitt: { enable: true } } });
    expect(said('26.05', slip)).toEqual(['there is no option programs.gitt: did you mean programs.git?']);
    expect(said('26.11', slip)).toEqual([
      'there is no option programs.gitt: did you mean programs.git?; the options known here are those of Home Manager ' +
        '26.05, and the channel is 26.11: cdknix import reads those of your own inputs',
    ]);
  });

  it('says so of what was renamed or removed since the release of the channel', () => {
    const old = (host: Loose) => host.set({ hardware: { opengl: { enable: true } }, sound: { enable: true } });
    expect(said('25.05', old)).toEqual([
      expect.stringMatching(
        /^hardware\.opengl\.enable has a new name: the options .*is 25\.05: .*; write hardware\.graphics\.enable$/,
      ),
      expect.stringMatching(/: the options known here .*; leave it out/),
    ]);
    expect(said('26.11', old)[0]).toBe('hardware.opengl.enable has a new name: write hardware.graphics.enable');
  });
});

it('the age of a table counts only if it came with cdknix', () => {
  const table: OptionTable = { class: 'nixos', source: 'bundled', release: '26.11pre', options: {} };
  expect(ageOf({ ...table, source: 'import' }, '26.05')).toBeUndefined();
  expect(isOfChannel(table, 'unstable')).toBe(true);
  expect([isOlder(table, '26.05'), isOlder(table, '26.11'), isOlder(table, '27.05')]).toEqual([false, false, true]);
});

describe('what an unknown name may stand for', () => {
  const root: OptionTree = {
    hardware: {
      pulseaudio: ['any', { hidden: true, renamedTo: 'services.pulseaudio' }],
      opengl: {
        enable: ['bool', { hidden: true, renamedTo: 'hardware.graphics.enable' }],
        driSupport: ['bool', { hidden: true, removed: true }],
        extra: { a: ['str', { hidden: true, renamedTo: 'hardware.graphics.extra.a' }] },
      },
      split: { a: ['str', { renamedTo: 'x.a' }], b: ['str', { renamedTo: 'y.b' }] },
      gone: ['any', { hidden: true, removed: true }],
      graphics: { enable: ['bool'], extra: { a: ['str'] } },
    },
    services: { pulseaudio: { enable: ['bool'] }, audio: ['any', { renamedTo: 'hardware.pulseaudio' }] },
  };
  const near = (...path: string[]) =>
    nearestOptions(path, root[path[0]!] as OptionTree, ['enable'], root).map((one) => one.join('.'));

  it('is the new name of an option or group, never an old one or what was removed', () => {
    expect(near('hardware', 'pulsaudio')).toEqual(['services.pulseaudio']);
    expect(near('hardware', 'openglx')).toEqual(['hardware.graphics']);
    expect(near('hardware', 'splitt')).toEqual([]);
    expect(near('hardware', 'gonee')).toEqual([]);
    expect(near('services', 'audioo')).toEqual(['services.pulseaudio']);
  });

  it('is no name twice, and not itself', () => {
    expect(near('services', 'opengl')).toEqual(['hardware.graphics']);
    expect(near('hardware', 'graphic')).toEqual(['hardware.graphics']);
  });
});
