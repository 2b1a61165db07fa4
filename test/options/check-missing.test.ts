import { mkForce, mkIf, mkMerge, nix, path, pkgs } from 'cdknix';
import { expect, it } from 'vitest';
import { missingParts } from '../../lib/options/missing';
import type { OptionTree, OptionType } from '../../lib/options/type';

const peer: OptionType = {
  kind: 'submodule',
  options: { key: ['str', { required: true }], via: { host: ['str', { required: true }] }, port: ['int'] },
};

const options: OptionTree = {
  net: {
    peers: [{ kind: 'listOf', of: peer }],
    named: [{ kind: 'attrsOf', of: { kind: 'nullOr', of: peer } }],
    plain: [{ kind: 'attrsOf', of: 'int' }],
    inner: [{ kind: 'submodule', options: { peers: [{ kind: 'listOf', of: peer }] } }],
    coerced: [{ kind: 'coercedTo', from: 'str', to: { kind: 'attrsOf', of: peer } }],
  },
};

const missing = (...values: unknown[]) =>
  missingParts(values, options, { fill: () => undefined }).map(
    ({ option, parts }) => `${option.join('.')}: ${parts.map((part) => part.join('.')).join(', ')}`,
  );

it('names what no definition of a submodule has', () => {
  expect(missing({ net: { peers: [{ key: 'x', via: { host: 'y' } }, { port: 1 }], plain: { a: 1 } } })).toEqual([
    'net.peers.1: key, via.host',
  ]);
  expect(missing({ net: { named: { a: { key: 'x' }, b: null } } })).toEqual(['net.named.a: via.host']);
  expect(missing({ net: { inner: { peers: [{}] } } })).toEqual(['net.inner.peers.0: key, via.host']);
  expect(missing({ net: { coerced: { a: {} } } })).toEqual(['net.coerced.a: key, via.host']);
  expect(missing(nix`{ net.named.a.key = "x"; }`)).toEqual(['net.named.a: via.host']);
});

it('takes all definitions together', () => {
  expect(missing({ net: { named: { a: { key: 'x' } } } }, { net: { named: { a: { via: { host: 'y' } } } } })).toEqual(
    [],
  );
  expect(
    missing(
      mkMerge([
        { net: { named: { a: { key: 'x' } } } },
        mkIf(pkgs.x, { net: { named: { a: mkForce({ via: { host: 'y' } }) } } }),
      ]),
    ),
  ).toEqual([]);
  expect(missing({ net: mkIf(false, { named: { a: {} } }) })).toEqual([]);
});

it('says nothing where a definition is not known as a whole', () => {
  for (const more of [
    pkgs.x,
    nix`{ ... }: { }`,
    path('./x.nix'),
    nix`{ \${a} = 1; }`,
    { imports: [] },
    { config: {} },
  ]) {
    expect(missing({ net: { named: { a: { port: 1 } } } }, { net: { named: { a: more } } })).toEqual([]);
  }
  expect(missing({ net: { named: { a: mkMerge(nix`x` as never) } } })).toEqual([]);
  expect(missing({ net: { coerced: 'x' } }, { net: { named: pkgs.x } })).toEqual([]);
});
