import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { convert } from '../../lib/convert/convert';
import { featureName } from '../../lib/convert/feature-name';
import { folderWith, repo } from '../cli/support';

const long = (count: number) => 'x'.repeat(count);

/** Code that takes the printer to its limits. */
const sources = [
  `{ environment.variables = { short = "a"; url = "${long(130)}"; longer = "${long(130)}"; }; }`,
  `{ networking.firewall.allowedTCPPorts = [ ${Array.from({ length: 60 }, (_, i) => 1000 + i).join(' ')} ]; }`,
  '{ networking.firewall.allowedTCPPorts = [ 22 # ssh\n 80 ]; }',
  `{ pkgs, ... }: { environment.systemPackages = [ (pkgs.python3.withPackages (ps: [ ps.${long(60)} ps.${long(60)} ])) ]; }`,
  `{ lib, ... }: { users.motd = lib.mkIf (lib.elem "${long(60)}" [ "${long(60)}" ]) (lib.mkDefault "it's"); }`,
  `{ lib, ... }: { users.motd = lib.concatMapStrings (x: lib.f { a = x; b = "${long(90)}"; }) [ "a" ]; }`,
  `{ lib, ... }: { users.motd = lib.g (x: x) (y: y); users.groups = lib.h (lib.i (x: x)) { a = { }; }; }`,
  `{ pkgs, ... }: { users.motd = pkgs.${long(50)} { a = 1; } "${long(40)}"; environment.etc = pkgs.a.${long(120)}; }`,
  `{ pkgs, ... }: { environment.etc.a.text = ''\n  a\n    \${pkgs.b} "\n''; users.motd = "\${pkgs.a}${long(120)}"; }`,
  '{ lib, ... }: { users.motd = "a" + "b"; environment.variables = rec { a = "1"; b = a; c = \'\'x\n y\n\'\'; }; }',
  '{ lib, ... }:\n{\n  # one\n\n  # two\n  networking = {\n\n    hostName = "a";\n\n    domain = "b";\n    # last\n  };\n}',
  '{ lib, config, ... }: let cfg = config.my.x; in { options.my.x = lib.mkEnableOption "x"; config = lib.mkIf cfg { }; }',
];

it('what is printed is as Biome formats it', () => {
  const texts = sources.map((nix) => convert(nix, 'nixos', featureName('sample.nix')).typescript);
  const settings = JSON.parse(readFileSync(join(repo, 'biome.json'), 'utf8'));
  const folder = folderWith({
    'biome.json': JSON.stringify({ formatter: settings.formatter, javascript: settings.javascript }),
  });
  const files = texts.map((text, i) => {
    const file = join(folder, `${i}.ts`);
    writeFileSync(file, text);
    return file;
  });
  execFileSync(join(repo, 'node_modules/.bin/biome'), ['check', '--write', '--linter-enabled=false', '.'], {
    cwd: folder,
  });
  expect(files.map((file) => readFileSync(file, 'utf8'))).toEqual(texts);
});
