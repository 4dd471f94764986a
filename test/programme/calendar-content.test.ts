import { expect } from 'chai';
import { oneLine, printable, webAddress } from '#programme/calendar-content.ts';

describe('text that is shown outside', () => {
  it('keeps letters, accents, emoji, tabs and ends of lines', () => {
    const text = 'Été\t🎓 👩‍💻 « à »\nfin';
    expect(printable(text)).to.equal(text);
    expect(printable('a\r\nb\rc')).to.equal('a\nb\nc');
  });

  it('loses what acts on a terminal, a reader or the direction of writing', () => {
    expect(printable('a\u0000\u0007\u001b[2J\u007f\u009bb')).to.equal('a[2Jb');
    expect(printable('a\u2028b\u2029c\u0085d')).to.equal('a b c d');
    expect(printable('\ufeffa\u202eb\u2066c')).to.equal('abc');
    expect(printable('a\ud83d')).to.equal('a\ufffd');
  });

  it('holds on one line when asked to', () => {
    expect(oneLine('  a \r\n\t b\u2028c ')).to.equal('a b c');
  });

  it('takes only web addresses, encoded', () => {
    expect(webAddress('https://é.example/a b\r\nX:1')).to.equal('https://xn--9ca.example/a%20bX:1');
    for (const other of [undefined, '', 'javascript:alert(1)', ' https://x.example', 'https://']) {
      expect(webAddress(other), String(other)).to.equal(undefined);
    }
  });
});
