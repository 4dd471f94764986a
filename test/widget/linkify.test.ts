import { expect } from 'chai';
import fc from 'fast-check';
import { linkify } from '#widget/chat/linkify.ts';
import { safeFile, safeLink, safeStream } from '#widget/chat/safe-url.ts';
import words from '../../locales/fr/widget.json' with { type: 'json' };

const links = (text: string): readonly string[] =>
  linkify(text, words.phones).flatMap(({ text: shown, href }) =>
    href ? [`${shown} → ${href}`] : [],
  );

const CASES: readonly (readonly [string, readonly string[]])[] = [
  ['Appelez le 3114, jour et nuit.', ['3114 → tel:3114']],
  ['Le 15 ou le 112 en danger', ['15 → tel:15', '112 → tel:112']],
  ['Le 114 par SMS', ['114 → tel:114']],
  ['39 28 (Défenseur des droits)', ['39 28 → tel:3928']],
  [
    '01 23 45 67 89 ou 0123456789',
    ['01 23 45 67 89 → tel:0123456789', '0123456789 → tel:0123456789'],
  ],
  ['+33 6 12 34 56 78.', ['+33 6 12 34 56 78 → tel:+33612345678']],
  ['Le 15 mars, puis le 17 à 9 h', []],
  ['112 places, 15 jours, 3114 €, 3114,50', []],
  ['12/15/2020, 2019 et 2023', []],
  ['Voir https://a.fr/b?c=1&d=2.', ['https://a.fr/b?c=1&d=2 → https://a.fr/b?c=1&d=2']],
  [
    '(https://a.fr/x_(y)), https://b.fr !',
    ['https://a.fr/x_(y) → https://a.fr/x_(y)', 'https://b.fr → https://b.fr/'],
  ],
  ['javascript:alert(1) data:text/html,x', []],
  ['https://banque.fr@mal.example/', []],
  ['http://', []],
];

describe('widget: links in a text', () => {
  for (const [text, expected] of CASES) {
    it(`finds ${expected.length === 0 ? 'none' : expected.length} in “${text}”`, () => {
      expect(links(text)).to.deep.equal(expected);
    });
  }

  it('stops before characters that turn the reading direction around', () => {
    expect(links('https://a.fr/\u202Egpj.exe')).to.deep.equal(['https://a.fr/ → https://a.fr/']);
  });

  it('changes no character of any text, and leads only to the web or the phone', () => {
    const part = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 20 }),
      fc.webUrl({ withQueryParameters: true, withFragments: true }),
      fc.constantFrom(
        'javascript:alert(1)',
        '3114',
        'le 15',
        '<img src=x onerror=y>',
        '))',
        '\u202E',
      ),
    );
    fc.assert(
      fc.property(fc.array(part), (parts) => {
        const text = parts.join(' ');
        const pieces = linkify(text, words.phones);
        expect(pieces.map((piece) => piece.text).join('')).to.equal(text);
        for (const { href } of pieces)
          if (href) expect(href).to.match(/^(https?:\/\/|tel:\+?\d+$)/);
      }),
    );
  });

  it('reads hostile texts of full length in linear time', () => {
    const hostile = [
      '('.repeat(20_000),
      `https://a.fr/${')'.repeat(1_900)}`,
      '0 '.repeat(10_000),
      '1'.repeat(20_000),
    ];
    for (const text of hostile) {
      expect(
        linkify(text, words.phones)
          .map((piece) => piece.text)
          .join(''),
      ).to.equal(text);
    }
  });
});

describe('widget: addresses', () => {
  const base = 'https://declic.example/';

  it('lets people go to the web, to a phone or to a mail, and nowhere else', () => {
    for (const good of ['https://a.fr/', 'http://a.fr/', 'tel:3114', 'sms:114', 'mailto:a@b.fr']) {
      expect(safeLink(good, base)).to.equal(good);
    }
    const bad = [
      'javascript:alert(1)',
      ' JaVaScRiPt:alert(1)',
      'java\nscript:alert(1)',
      'data:text/html,<script>alert(1)</script>',
      'vbscript:x',
      'blob:https://a.fr/x',
      'file:///etc/passwd',
      'https://user:pw@a.fr/',
      'https://',
      7,
      null,
      { toString: () => 'https://a.fr/' },
    ];
    for (const one of bad) expect(safeLink(one, base)).to.equal(undefined);
  });

  it('fetches files from the web only, starting from the widget’s own site', () => {
    expect(safeFile('/calendar/x.ics', base)).to.equal('https://declic.example/calendar/x.ics');
    expect(safeFile('tel:3114', base)).to.equal(undefined);
    expect(safeFile('data:text/calendar,x', base)).to.equal(undefined);
  });

  it('opens sockets only, and secure ones from a secure page', () => {
    expect(safeStream('ws://a.fr/s', 'http://a.fr')).to.equal('ws://a.fr/s');
    expect(safeStream('ws://a.fr/s', base)).to.equal('wss://a.fr/s');
    expect(safeStream('https://a.fr/s', base)).to.equal(undefined);
    expect(safeStream('', base)).to.equal(undefined);
  });
});
