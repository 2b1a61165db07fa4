import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { brotliCompressSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { appOf, cdknix, ended, filesIn, folderWith, oneHost, start } from './support';

const declarations = ['nixos/modules/services/x.nix'];
const options = {
  'services.tomorrow.enable': {
    loc: ['services', 'tomorrow', 'enable'],
    type: 'boolean',
    description: 'Whether to enable tomorrow.',
    default: { _type: 'literalExpression', text: 'false' },
    declarations,
    readOnly: false,
  },
  'services.tomorrow.level': {
    loc: ['services', 'tomorrow', 'level'],
    type: 'one of "low", "high"',
    declarations,
    readOnly: false,
  },
  'services.openssh.enable': { loc: ['services', 'openssh', 'enable'], type: 'boolean', declarations, readOnly: false },
};
const published = brotliCompressSync(JSON.stringify(options));

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

/** Starts a server, and returns its address and what it was asked. */
async function serving(answer: RequestListener) {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push([request.url, request.headers['if-none-match']].filter(Boolean).join(' '));
    answer(request, response);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

function project(app = oneHost): string {
  return folderWith({ 'cdk-like.json': '{ "app": "node app.js" }\n', 'app.js': appOf(app) });
}

const cache = () => folderWith();

/** Imports the options of a channel, with a cache of the test's own; the server's address is shown as `<server>`. */
async function importing(folder: string, channel: string, caches = cache()) {
  const ran = await ended(start(folder, ['import', '--channel', channel], { XDG_CACHE_HOME: caches }), folder);
  const shown = (text: string) => text.replace(/http:\/\/127\.0\.0\.1:\d+/g, '<server>');
  return { code: ran.code, stdout: shown(ran.stdout), stderr: shown(ran.stderr) };
}

describe('import --channel', () => {
  it('takes the options that a channel publishes, and what manuals do not show from those that came along', async () => {
    const { address, asked } = await serving((_, response) => response.end(published));
    const folder = project(`${oneHost}host.set({ services: { tomorrow: { enable: true, level: 'mid' } } });
      host.set({ services: { xserver: { enable: true } }, hardware: { pulseaudio: { enable: true } } });`);
    const { code, stdout, stderr } = await importing(folder, `${address}/nixos-27.05`);
    expect(stderr).toBe(`downloading <server>/nixos-27.05/options.json.br
imports: nixos.d.ts, nixos.options.jsonl
`);
    expect(stdout).toMatch(/^nixos: [\d,]+ options, imported for the first time\n$/);
    expect(code).toBe(0);
    expect(asked).toEqual(['/nixos-27.05/options.json.br']);
    const files = filesIn(folder);
    expect(files['imports/nixos.options.jsonl']).toContain('"release":"27.05"');
    expect(files['imports/nixos.d.ts']).toContain('Whether to enable tomorrow.');
    const synth = await cdknix(folder, 'synth');
    expect(synth.stderr.match(/^(?:warning|error)\[.*$/gm)).toEqual([
      'warning[option-unknown]: there is no option services.openssh.settings',
      'warning[option-value]: services.tomorrow.level takes one of "low", "high", not "mid"',
      'warning[option-unknown]: there is no option services.xserver.enable',
      'warning[option-renamed]: hardware.pulseaudio has a new name',
    ]);
  });

  it('asks the server whether they are the same, and downloads them once', async () => {
    const { address, asked } = await serving((request, response) => {
      if (request.headers['if-none-match'] === '"one"') response.writeHead(304).end();
      else response.writeHead(200, { etag: '"one"' }).end(published);
    });
    const [folder, caches] = [project(), cache()];
    await importing(folder, `${address}/nixos-26.05`, caches);
    expect(await importing(folder, `${address}/nixos-26.05`, caches)).toEqual({
      code: 0,
      stdout: expect.stringMatching(/^nixos: nothing changed /),
      stderr: `downloading <server>/nixos-26.05/options.json.br
it is the same as at the last download
imports: nothing to write
`,
    });
    expect(asked).toEqual(['/nixos-26.05/options.json.br', '/nixos-26.05/options.json.br "one"']);
  });

  it('follows redirects, as channels are links to their latest state', async () => {
    const { address, asked } = await serving((request, response) => {
      if (request.url!.startsWith('/nixos-26.05/')) response.writeHead(302, { location: '/at/options.json.br' }).end();
      else response.end(published);
    });
    expect(await importing(project(), `${address}/nixos-26.05`)).toMatchObject({ code: 0 });
    expect(asked).toEqual(['/nixos-26.05/options.json.br', '/at/options.json.br']);
  });

  it('takes what is sent as compressed, and so arrives as text', async () => {
    const { address } = await serving((_, response) =>
      response.writeHead(200, { 'content-encoding': 'br' }).end(published),
    );
    expect(await importing(project(), `${address}/nixos-26.05`)).toMatchObject({ code: 0 });
  });

  const broken = brotliCompressSync('{"a": ');
  it.each<[string, RequestListener, string]>([
    [
      'a channel that is not there',
      (_, response) => response.writeHead(404).end('no'),
      `error[import-download]: cannot download <server>/nixos-26.05/options.json.br: the server answers 404
  help: there is no such channel, or it publishes no options: https://channels.nixos.org lists them
`,
    ],
    [
      'a server in trouble',
      (_, response) => response.writeHead(503).end('no'),
      `error[import-download]: cannot download <server>/nixos-26.05/options.json.br: the server answers 503
  help: try again later; what was imported before is as it was
`,
    ],
    [
      'a page in place of the file',
      (_, response) => response.end('<!doctype html>\n<title>Log in</title>'),
      `error[import-download]: what <server>/nixos-26.05/options.json.br gave is neither JSON nor compressed with brotli
  help: a proxy or a login page may stand in between: open the address in a browser
`,
    ],
    [
      'options that are cut',
      (_, response) => response.end(broken),
      `error[options-json]: cannot read the options: it is no JSON: it ends in line 1, column 7 (byte 6) before it is complete
  help: give a whole options.json, as nixosOptionsDoc makes it: share/doc/nixos/options.json of its optionsJSON
`,
    ],
    [
      'a redirect to nowhere',
      (_, response) => response.writeHead(302, { location: '/nixos-26.05/options.json.br' }).end(),
      `error[import-download]: cannot download <server>/nixos-26.05/options.json.br: redirect count exceeded
  help: try again; behind a proxy, set HTTPS_PROXY and NODE_USE_ENV_PROXY=1 (Node 24 or newer), or download the file by other means: cdknix import nixos --json options.json.br
`,
    ],
  ])('writes nothing, and keeps nothing, of %s', async (_, answer, said) => {
    let isWell = false;
    const { address } = await serving((request, response) => {
      response.setHeader('etag', '"x"');
      if (isWell) response.end(published);
      else answer(request, response);
    });
    const [folder, caches] = [project(), cache()];
    const before = filesIn(folder);
    const { code, stderr } = await importing(folder, `${address}/nixos-26.05`, caches);
    expect(stderr.split('\n').slice(1).join('\n')).toBe(`${said}\n1 error; nothing was written\n`);
    expect(code).toBe(1);
    expect(filesIn(folder)).toEqual(before);
    expect(filesIn(caches)).toEqual({});
    isWell = true;
    expect(await importing(folder, `${address}/nixos-26.05`, caches)).toMatchObject({ code: 0 });
  });

  it('notices a connection that is cut, and a server that is not there', async () => {
    const { address } = await serving((_, response) => {
      response.writeHead(200, { 'content-length': published.length });
      response.write(published.subarray(0, 20), () => response.destroy());
    });
    const cut = await importing(project(), `${address}/nixos-26.05`);
    expect(cut.code).toBe(1);
    expect(cut.stderr).toContain('error[import-download]: cannot download <server>/nixos-26.05/options.json.br: ');
    const none = await importing(project(), 'http://127.0.0.1:1023/nixos-26.05');
    expect(none.code).toBe(1);
    expect(none.stderr).toContain('cannot download <server>/nixos-26.05/options.json.br: connect ECONNREFUSED');
  });

  it('names the channel of the app, or asks for one', async () => {
    const mac = project("new cdknix.Host(new cdknix.Flake(), 'mac', { system: 'aarch64-darwin' });");
    const { code, stderr } = await cdknix(mac, 'import', '--channel');
    expect(stderr).toBe(`error[import-channel]: the app's flake is on no channel of NixOS
  help: name one: cdknix import --channel nixos-26.05

1 error; nothing was written
`);
    expect(code).toBe(1);
  });
});
