import { once } from 'node:events';
import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { expect } from 'chai';
import { parseJson, readBody } from '#channels/directline/read-body.ts';

const BOUNDS = { most: 10, timeout: 10_000 };
const request = () => new IncomingMessage(new Socket());

describe('the body of a request', () => {
  it('is read whole', async () => {
    const coming = request();
    const body = readBody(coming, BOUNDS);
    for (const part of ['abc', 'def', null]) coming.push(part);
    expect(String(await body)).to.equal('abcdef');
  });

  it('is refused when its sender is gone, before or meanwhile', async () => {
    const gone = request();
    gone.destroy();
    await once(gone, 'close');
    const leaving = request();
    const body = readBody(leaving, BOUNDS);
    leaving.push('abc');
    leaving.destroy();
    for (const result of [await readBody(gone, BOUNDS), await body]) {
      expect(result).to.include({ refused: 'BadSyntax' });
    }
  });

  it('is refused when it is too large, at once if it says so', async () => {
    const saying = request();
    saying.headers['content-length'] = '1000';
    expect(await readBody(saying, BOUNDS)).to.include({ status: 413 });
    const growing = request();
    const body = readBody(growing, BOUNDS);
    for (const part of ['123456', '789012', null]) growing.push(part);
    expect(await body).to.include({ status: 413 });
  });

  it('is read as JSON of a bounded length and depth', () => {
    const read = (text: string) => parseJson(Buffer.from(text), 200);
    expect(read('{"a":1}')).to.deep.equal({ value: { a: 1 } });
    expect(read(' ')).to.deep.equal({ value: undefined });
    expect(read(`"${'x'.repeat(199)}"`)).to.include({ status: 413 });
    expect(read(`${'['.repeat(64)}${']'.repeat(64)}`)).to.have.property('value');
    expect(read(`${'['.repeat(80)}${']'.repeat(80)}`)).to.include({ refused: 'BadSyntax' });
    expect(read('{')).to.include({ refused: 'BadSyntax' });
  });
});
