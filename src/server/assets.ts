import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Asset, Assets } from './handlers.ts';
import { pagePolicy } from './security-headers.ts';

interface Encoded {
  readonly body: Buffer;
  readonly headers: Readonly<Record<string, string | number>>;
}

/** A file ready to send: the same bytes in each coding, the shortest first, plain last. */
interface PreparedAsset {
  readonly encodings: readonly (Encoded & { readonly coding: string; readonly etag: string })[];
}

export type PreparedAssets = ReadonlyMap<string, PreparedAsset>;

const COMPRESSIBLE = /^(text\/|image\/svg|application\/(json|javascript|manifest|xml))/;

/** Compresses the files once, as hard as can be, off the main thread. */
export async function prepareAssets(assets: Assets, publicUrl: string): Promise<PreparedAssets> {
  const ready = [...assets].map(
    async ([path, asset]) => [path, await prepare(asset, publicUrl)] as const,
  );
  return new Map(await Promise.all(ready));
}

async function prepare(asset: Asset, publicUrl: string): Promise<PreparedAsset> {
  const plain = Buffer.from(asset.body);
  const common = headersOf(asset, plain, publicUrl);
  const hash = createHash('sha256').update(plain).digest('base64url').slice(0, 22);
  const encodings = [];
  for (const [coding, body] of await compressed(asset, plain)) {
    const etag = coding === 'identity' ? `"${hash}"` : `"${hash}-${coding}"`;
    const encoding = coding === 'identity' ? {} : { 'Content-Encoding': coding };
    const headers = { ...common, ...encoding, ETag: etag, 'Content-Length': body.length };
    encodings.push({ coding, body, etag, headers });
  }
  return { encodings };
}

async function compressed(asset: Asset, plain: Buffer): Promise<[string, Buffer][]> {
  const codings: [string, Buffer][] = [['identity', plain]];
  if (COMPRESSIBLE.test(asset.contentType)) {
    const params = { [constants.BROTLI_PARAM_SIZE_HINT]: plain.length };
    codings.push(['br', await promisify(brotliCompress)(plain, { params })]);
    codings.push(['gzip', await promisify(gzip)(plain, { level: 9 })]);
  }
  return codings
    .filter(([, body]) => body === plain || body.length < plain.length)
    .sort(([, one], [, other]) => one.length - other.length);
}

/** Pages of other sites load the widget and its strings; our pages are for us alone. */
function headersOf(asset: Asset, plain: Buffer, publicUrl: string): Record<string, string> {
  const isPage = asset.contentType.startsWith('text/html');
  return {
    'Content-Type': asset.contentType,
    'Cache-Control': asset.immutable ? 'public, max-age=31536000, immutable' : 'no-cache',
    Vary: 'Accept-Encoding',
    ...(isPage
      ? {
          'Content-Security-Policy': pagePolicy(plain.toString('utf8'), publicUrl),
          'Cross-Origin-Opener-Policy': 'same-origin',
        }
      : { 'Access-Control-Allow-Origin': '*', 'Cross-Origin-Resource-Policy': 'cross-origin' }),
  };
}

/** Sends a file in the shortest coding that the client reads, or says that its copy is still good. */
export function sendAsset(req: IncomingMessage, res: ServerResponse, asset: PreparedAsset): void {
  const accepted = String(req.headers['accept-encoding'] ?? '');
  const chosen = asset.encodings.find(
    ({ coding }) => coding === 'identity' || accepts(accepted, coding),
  );
  if (!chosen) return;
  const kept = req.headers['if-none-match']
    ?.split(',')
    .map((tag) => tag.trim().replace(/^W\//, ''));
  if (kept?.some((tag) => tag === chosen.etag || tag === '*')) {
    const { 'Content-Length': _length, ...headers } = chosen.headers;
    res.writeHead(304, headers);
    res.end();
    return;
  }
  res.writeHead(200, { ...chosen.headers });
  res.end(req.method === 'HEAD' ? undefined : chosen.body);
}

function accepts(header: string, coding: string): boolean {
  const entries = header.toLowerCase().split(',');
  const entry = entries.find((it) => it.split(';')[0]?.trim() === coding);
  return entry !== undefined && !/;\s*q=0(\.0*)?\s*$/.test(entry);
}
