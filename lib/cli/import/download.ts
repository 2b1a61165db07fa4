import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { failure } from '../../diagnostics';
import { hash } from '../check/cache';
import { say } from '../terminal/terminal';

/** No published file is near this size compressed, in bytes. */
const largest = 2 ** 27;

/** How long a server may be silent, in milliseconds. */
const patience = 60_000;

/**
 * Downloads a file, or takes it from the cache if the server says by its ETag that it is the same. It is cached when it was
 * read, so that nothing wrong or cut stays.
 *
 * @param read makes something of the bytes
 * @throws CdknixError `import-download`, and what `read` throws
 */
export async function download<T>(url: string, read: (bytes: Buffer) => T): Promise<T> {
  const file = cacheFile(url);
  const cached = cachedIn(file);
  const { status, etag, bytes } = await get(url, cached?.etag);
  if (status === 304 && cached) {
    say('it is the same as at the last download');
    return read(cached.bytes);
  }
  const result = read(bytes);
  if (etag) keep(file, etag, bytes);
  return result;
}

interface Answer {
  readonly status: number;
  readonly etag: string | null;
  readonly bytes: Buffer;
}

async function get(url: string, etag: string | undefined): Promise<Answer> {
  const silence = new AbortController();
  const waiting = setTimeout(() => silence.abort(), patience);
  try {
    const headers = new Headers(etag === undefined ? [] : [['if-none-match', etag]]);
    const response = await fetch(url, { headers, signal: silence.signal });
    if (!response.ok && response.status !== 304) throw refused(url, response.status);
    const chunks: Uint8Array[] = [];
    let size = 0;
    for await (const chunk of response.body ?? []) {
      waiting.refresh();
      chunks.push(chunk);
      size += chunk.byteLength;
      if (size > largest) throw failed(url, `it is larger than ${largest / 2 ** 20} MiB`);
    }
    const { status } = response;
    const length = response.headers.get('content-length');
    const isWhole = response.headers.has('content-encoding') || length === null || Number(length) === size;
    if (status !== 304 && !isWhole) throw failed(url, `the connection ended after ${size} of ${length} bytes`);
    return { status, etag: response.headers.get('etag'), bytes: Buffer.concat(chunks) };
  } catch (error) {
    if (silence.signal.aborted) throw failed(url, `the server said nothing for ${patience / 1000} s`);
    if (error instanceof Error && 'diagnostics' in error) throw error;
    throw failed(url, reasonOf(error));
  } finally {
    clearTimeout(waiting);
  }
}

function refused(url: string, status: number) {
  return failure({
    code: 'import-download',
    message: `cannot download ${url}: the server answers ${status}`,
    help:
      status === 404
        ? 'there is no such channel, or it publishes no options: https://channels.nixos.org lists them'
        : 'try again later; what was imported before is as it was',
  });
}

function failed(url: string, reason: string) {
  return failure({
    code: 'import-download',
    message: `cannot download ${url}: ${reason}`,
    help: 'try again; behind a proxy, set HTTPS_PROXY and NODE_USE_ENV_PROXY=1 (Node 24 or newer), or download the file by other means: cdknix import nixos --json options.json.br',
  });
}

/** Node says only "fetch failed" itself. */
function reasonOf(error: unknown): string {
  const { message, cause } = error as Error & { cause?: { message?: string; code?: string } };
  return cause?.message || cause?.code || message;
}

function cacheFile(url: string): string {
  const caches = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
  return join(caches, 'cdknix', `options-${hash(url).slice(0, 16)}`);
}

/** A first line with the ETag, then the file as it was downloaded. */
function cachedIn(file: string): { readonly etag: string; readonly bytes: Buffer } | undefined {
  try {
    const all = readFileSync(file);
    const end = all.indexOf(10);
    return end > 0 ? { etag: all.toString('latin1', 0, end), bytes: all.subarray(end + 1) } : undefined;
  } catch {
    return undefined;
  }
}

/** Where nothing can be cached, all is downloaded again. */
function keep(file: string, etag: string, bytes: Buffer): void {
  try {
    mkdirSync(dirname(file), { recursive: true });
    const staged = `${file}.${process.pid}`;
    writeFileSync(staged, Buffer.concat([Buffer.from(`${etag}\n`, 'latin1'), bytes]));
    renameSync(staged, file);
  } catch {
    // A read-only folder, perhaps.
  }
}
