import { brotliDecompressSync } from 'node:zlib';
import { failure } from '../../diagnostics';
import { bundledTable } from '../../options/bundled';
import { importingVariable } from '../../options/imported';
import { overlaid } from '../../options/merge';
import { readOptionsJson } from '../../options/published/options-json';
import type { OptionTable } from '../../options/table';
import { isOption, type Option, type OptionTree } from '../../options/type';
import { runApp } from '../app/run-app';
import type { Config } from '../project/config';
import { say } from '../terminal/terminal';
import { download } from './download';
import { largest } from './json';
import { earlierImport, type Import, type Reading } from './table';

/** Where NixOS publishes its channels: a folder for each, with its options in one file (nixos-channel-scripts). */
const channels = 'https://channels.nixos.org';

/**
 * Reads the options of NixOS that a channel publishes, without Nix.
 *
 * @param channel its name, the address of its folder, or `true` for that of the app
 * @param seconds how long the app may take
 * @throws CdknixError `import-channel`, `import-download`, `options-json`
 */
export async function readFromChannel(channel: string | true, config: Config, seconds: number): Promise<Reading> {
  const name = channel === true ? await channelOf(config, seconds) : channel;
  const folder = /^https?:/.test(name) ? name.replace(/\/+$/, '') : `${channels}/${name}`;
  const url = `${folder}/options.json.br`;
  say(`downloading ${url}`);
  const { table, docs } = await download(url, (bytes) =>
    readOptionsJson(textOf(bytes, url), { class: 'nixos', source: 'import', release: releaseOf(name) }),
  );
  return { table: onBundled(table, name), docs, earlier: earlierImport(config.project, 'nixos'), from: [name] };
}

/** The channel of the app's flake, as the URL of its nixpkgs says it. */
async function channelOf(config: Config, seconds: number): Promise<string> {
  process.env[importingVariable] = '1';
  try {
    const { files } = await runApp(config, seconds);
    const [, name] = /"github:NixOS\/nixpkgs\/(nixos-[\w.-]+)"/.exec(String(files.get('flake.nix'))) ?? [];
    if (name !== undefined) return name;
  } finally {
    delete process.env[importingVariable];
  }
  throw failure({
    code: 'import-channel',
    message: "the app's flake is on no channel of NixOS",
    help: 'name one: cdknix import --channel nixos-26.05',
  });
}

/** The release of a channel: `26.05` of `nixos-26.05`. */
function releaseOf(name: string): string {
  return /(\d\d\.\d\d)[^/]*\/*$/.exec(name)?.[1] ?? name.replace(/^.*\//, '');
}

/** What is published lacks what manuals do not show, and the options of modules such as Home Manager's. */
function onBundled(table: OptionTable, channel: string): Import {
  const bundled = bundledTable('nixos');
  const { modules } = bundled;
  const kept = { ...hiddenIn(bundled.options), 'home-manager': bundled.options['home-manager']! };
  return {
    ...table,
    source: 'import',
    ...(modules && { modules }),
    channel,
    options: overlaid(kept, table.options),
  };
}

function hiddenIn(tree: OptionTree): OptionTree {
  const members = Object.entries(tree).flatMap(([name, member]): [string, Option | OptionTree][] => {
    if (isOption(member)) return member[1]?.hidden ? [[name, member]] : [];
    const below = hiddenIn(member);
    return Object.keys(below).length ? [[name, below]] : [];
  });
  return Object.fromEntries(members);
}

/** The text of what was downloaded: compressed, unless what carried it has undone that. */
function textOf(bytes: Buffer, url: string): string {
  if (/^\s*\{/.test(bytes.toString('latin1', 0, 16))) return bytes.toString('utf8');
  try {
    return brotliDecompressSync(bytes, { maxOutputLength: largest }).toString('utf8');
  } catch {
    throw failure({
      code: 'import-download',
      message: `what ${url} gave is neither JSON nor compressed with brotli`,
      help: 'a proxy or a login page may stand in between: open the address in a browser',
    });
  }
}
