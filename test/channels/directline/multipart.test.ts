import { expect } from 'chai';
import fc from 'fast-check';
import { isRefusal } from '#channels/directline/answer.ts';
import { readBoundary, readMultipart } from '#channels/directline/multipart.ts';
import { multipart } from './support/multipart-body.ts';

const BOUNDARY = '----b';
const bytes = fc.uint8Array({ maxLength: 300 }).map((it) => Buffer.from(it));

describe('a multipart body', () => {
  it('is read back part by part, byte for byte', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(bytes, { minLength: 1, maxLength: 8 }), async (contents) => {
        const headers = {
          'Content-Disposition': 'form-data; name="f"',
          'Content-Type': 'a/b; c=d',
        };
        const { body } = multipart(
          contents.map((content) => ({ headers, content })),
          BOUNDARY,
        );
        const parts = await readMultipart(body, BOUNDARY, 8);
        if (isRefusal(parts)) throw new TypeError(parts.message);
        expect(parts.map(({ content }) => content)).to.deep.equal(contents);
        expect(parts[0]).to.include({ name: 'f', contentType: 'a/b' });
      }),
    );
  });

  it('never hangs and never throws, however broken it is', async () => {
    const pieces = fc.constantFrom(
      `--${BOUNDARY}`,
      '\r\n',
      '--',
      'Content-Type: text/plain',
      'Content-Disposition: form-data; name="x"',
      ':',
      '\r\n\r\n',
      'x',
    );
    const soup = fc.array(pieces, { maxLength: 25 }).map((all) => Buffer.from(all.join('')));
    await fc.assert(
      fc.asyncProperty(fc.oneof(soup, bytes), async (body) => {
        const parts = await readMultipart(body, BOUNDARY, 5);
        expect(isRefusal(parts) || parts.length > 0).to.equal(true);
      }),
      { numRuns: 3000 },
    );
  });

  it('is refused when it has more parts than it may', async () => {
    const parts = Array.from({ length: 6 }, () => ({
      headers: { 'Content-Type': 'a/b' },
      content: 'x',
    }));
    const { body } = multipart(parts, BOUNDARY);
    expect(isRefusal(await readMultipart(body, BOUNDARY, 5))).to.equal(true);
    expect(await readMultipart(body, BOUNDARY, 6)).to.have.length(6);
  });

  it('has the boundary that its type gives', () => {
    expect(readBoundary('multipart/form-data; boundary=abc; x=y')).to.equal('abc');
    expect(readBoundary('multipart/form-data; boundary="a b;c"')).to.equal('a b;c');
    expect(readBoundary('multipart/form-data')).to.equal(undefined);
    expect(readBoundary(`multipart/form-data; boundary=${'x'.repeat(200)}`)).to.equal(undefined);
  });
});
