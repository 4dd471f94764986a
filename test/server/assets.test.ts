import { createHash } from 'node:crypto';
import { get } from 'node:http';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { expect } from 'chai';
import { pagePolicy } from '#server/security-headers.ts';
import { ASSETS, PAGE, sendRaw, startServer, type TestServer } from './start-server.ts';

interface Raw {
  readonly status: number;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly body: Buffer;
}

/** A GET whose body is left as it came: fetch would decode it. */
function getRaw(url: string, headers: Record<string, string>): Promise<Raw> {
  return new Promise((resolve, reject) => {
    get(url, { headers, agent: false }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('end', () =>
        resolve({
          status: answer.statusCode ?? 0,
          headers: answer.headers,
          body: Buffer.concat(chunks),
        }),
      );
    }).on('error', reject);
  });
}

describe('pages and files', () => {
  let server: TestServer;
  before(async () => {
    server = await startServer({ publicUrl: 'https://declic.example' });
  });
  after(() => server.stop());

  it('are sent in the shortest coding that the client reads', async () => {
    for (const [accepted, coding, decode] of [
      ['gzip, deflate, br', 'br', brotliDecompressSync],
      ['gzip', 'gzip', gunzipSync],
      ['br;q=0, gzip;q=0.5', 'gzip', gunzipSync],
      ['identity', undefined, (body: Buffer) => body],
      ['', undefined, (body: Buffer) => body],
      ['brx, zstd', undefined, (body: Buffer) => body],
    ] as const) {
      const { body, headers } = await getRaw(server.url, { 'accept-encoding': accepted });
      expect(headers['content-encoding'], accepted).to.equal(coding);
      expect(headers['content-length']).to.equal(String(body.length));
      expect(headers.vary).to.equal('Accept-Encoding');
      expect(decode(body).toString(), accepted).to.equal(PAGE);
    }
  });

  it('are not compressed where that gains nothing', async () => {
    const { headers, body } = await getRaw(`${server.url}/logo.png`, { 'accept-encoding': 'br' });
    expect(headers['content-encoding']).to.equal(undefined);
    expect(body).to.deep.equal(Buffer.from([1, 2, 3]));
  });

  it('are not sent again to whoever has them, and are once the coding differs', async () => {
    const first = await getRaw(server.url, { 'accept-encoding': 'br' });
    const etag = String(first.headers.etag);
    for (const tag of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
      const again = await getRaw(server.url, { 'accept-encoding': 'br', 'if-none-match': tag });
      expect(again.status, tag).to.equal(304);
      expect(again.body).to.have.length(0);
      expect(again.headers.etag).to.equal(etag);
    }
    const plain = await getRaw(server.url, { 'if-none-match': etag });
    expect(plain.status).to.equal(200);
    expect(plain.headers.etag).not.to.equal(etag);
  });

  it('are kept for long only when their address changes with their content', async () => {
    const cached = async (path: string) =>
      (await fetch(server.url + path)).headers.get('cache-control');
    expect(await cached('/')).to.equal('no-cache');
    expect(await cached('/widget.js')).to.equal('no-cache');
    expect(await cached('/logo.png')).to.equal('public, max-age=31536000, immutable');
  });

  it('answer HEAD with everything but the body', async () => {
    const whole = await getRaw(server.url, {});
    const answer = await sendRaw(
      server.port,
      'HEAD / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n',
    );
    expect(answer).to.include(`Content-Length: ${whole.body.length}`);
    expect(answer).to.match(/\r\n\r\n$/);
  });

  it('may be loaded by other sites, except the page', async () => {
    const script = await fetch(`${server.url}/widget.js`);
    expect(script.headers.get('access-control-allow-origin')).to.equal('*');
    expect(script.headers.get('cross-origin-resource-policy')).to.equal('cross-origin');
    const page = await fetch(server.url);
    expect(page.headers.get('access-control-allow-origin')).to.equal(null);
    expect(page.headers.get('cross-origin-opener-policy')).to.equal('same-origin');
  });

  it('keep one policy a page: its own files, its own inline blocks, its own server', async () => {
    const policy = (await fetch(server.url)).headers.get('content-security-policy') ?? '';
    const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
    const directives = policy.split('; ');
    expect(directives).to.include(`script-src 'self' ${hash('window.ready = true')}`);
    expect(directives).to.include(`style-src 'self' ${hash('body{margin:0}')}`);
    expect(directives).to.include("connect-src 'self' https://declic.example wss://declic.example");
    expect(policy).not.to.match(/unsafe|\*/);
  });

  it('are found by their exact path only', async () => {
    for (const path of [
      '/../package.json',
      '/..%2fpackage.json',
      '/%2e%2e/package.json',
      '/widget.js/../../package.json',
      '/widget.js%00',
      '//widget.js',
      '/./widget.js',
      '/%77idget.js',
      'http://a/%77idget.js',
      '/widget.js/',
      '/WIDGET.JS',
      '/__proto__',
      '/constructor',
      '/%',
      '/%ff',
      '/a?b=/widget.js',
      '*',
      '/;/widget.js',
      '\\..\\package.json',
    ]) {
      const request = `GET ${path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`;
      const answer = await sendRaw(server.port, request);
      expect(answer, path).to.match(/^HTTP\/1\.1 40[04] /);
      expect(answer, path).to.match(/"error":\{"code":"(NotFound|BadArgument)"/);
    }
    expect(ASSETS.has('/widget.js')).to.equal(true);
  });
});

describe('the policy of a page', () => {
  it('counts the inline blocks, not the scripts from files', () => {
    const html = `<SCRIPT type="module">a</SCRIPT ><script src=x></script><script\nasync src="y"></script>
      <style media="print">b</style>`;
    const policy = pagePolicy(html, 'http://localhost:3978');
    expect(policy.match(/sha256-/g)).to.have.length(2);
    expect(policy).to.include('ws://localhost:3978');
  });
});
