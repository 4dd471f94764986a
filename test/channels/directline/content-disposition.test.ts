import { expect } from 'chai';
import fc from 'fast-check';
import {
  readDisposition,
  safeFileName,
  writeDisposition,
} from '#channels/directline/content-disposition.ts';

describe('a Content-Disposition header', () => {
  for (const [header, name, fileName] of [
    ['form-data; name="file"; filename="a.png"', 'file', 'a.png'],
    ['name="file"; filename="a.png"', 'file', 'a.png'],
    ['form-data; name=file; filename=a.png', 'file', 'a.png'],
    ['form-data;name="file";filename="a \\"b\\".png"', 'file', 'a "b".png'],
    [`form-data; name="f"; filename="e.png"; filename*=UTF-8''%C3%A9.png`, 'f', 'é.png'],
    [`form-data; name="f"; filename="e.png"; filename*=UTF-8''%E9`, 'f', 'e.png'],
    ['form-data', undefined, undefined],
    ['', undefined, undefined],
    [undefined, undefined, undefined],
  ] as const) {
    it(`is read: ${header}`, () => {
      expect(readDisposition(header)).to.deep.equal({ name, fileName });
    });
  }

  it('carries any file name without letting it break out', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (any) => {
        const fileName = safeFileName(any);
        const header = writeDisposition(fileName);
        expect(header).to.match(
          /^attachment; filename="[\w.() -]*"; filename\*=UTF-8''[\w.%!~-]+$/,
        );
        expect(readDisposition(header).fileName).to.equal(fileName);
      }),
    );
  });

  it('names a file by the last part of its path, whatever is in front', () => {
    expect(safeFileName('../../etc/passwd')).to.equal('passwd');
    expect(safeFileName('C:\\temp\\été.png')).to.equal('été.png');
    expect(safeFileName('...')).to.equal('fichier');
    expect(safeFileName(undefined)).to.equal('fichier');
  });
});
