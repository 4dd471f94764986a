import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import fc from 'fast-check';
import { calendarTexts } from '#programme/calendar-words.ts';
import { googleCalendarLink } from '#programme/google-calendar-link.ts';
import { createCalendarLinks } from '#programme/signed-calendar-links.ts';
import { AppError } from '#shared/errors.ts';
import { makeFile } from './calendar-reading.ts';
import { aBooking, aHeldBooking } from './held-booking.ts';

const KEY = 'a key of tests, thirty-two bytes.';
const publicUrl = 'https://declic.example';
const at = (now: string) => ({ now: () => new Date(now) });
const links = createCalendarLinks({ publicUrl, key: KEY, clock: at('2026-11-21T00:00:00Z') });
const booking = aBooking();
const tokenOf = (link: string): string => link.replace(/^.*\/calendar\//, '').replace(/\.ics$/, '');
const token = tokenOf(links.linkFor(booking));

describe('the signed link of a calendar file', () => {
  it('leads to the booking it was made for', () => {
    expect(links.linkFor(booking)).to.match(/^https:\/\/declic\.example\/calendar\/[\w-]+\.ics$/);
    expect(links.read(token)).to.equal(booking.calendarUid);
    expect(links.read(`${token}.ics`)).to.equal(booking.calendarUid);
  });

  it('is the same at each asking, and keeps one slash', () => {
    const again = createCalendarLinks({ publicUrl: `${publicUrl}//`, key: Buffer.from(KEY) });
    expect(again.linkFor(booking)).to.equal(links.linkFor(booking));
  });

  it('IC-34, IC-35: cannot be made from the UID without the key', () => {
    const other = createCalendarLinks({ publicUrl, key: `${KEY}!` });
    expect(links.read(tokenOf(other.linkFor(booking)))).to.equal(undefined);
    const body = Buffer.from(token, 'base64url').subarray(0, -32);
    for (const forged of [
      body,
      Buffer.concat([body, Buffer.alloc(32)]),
      Buffer.from(booking.calendarUid),
    ]) {
      expect(links.read(forged.toString('base64url'))).to.equal(undefined);
    }
    expect(links.read(booking.calendarUid)).to.equal(undefined);
  });

  it('IC-34: ends some time after the last change of the booking', () => {
    const until = (now: string) =>
      createCalendarLinks({ publicUrl, key: KEY, clock: at(now), lifetimeDays: 10 });
    const short = tokenOf(until('2026-11-20T00:00:00Z').linkFor(booking));
    expect(until('2026-12-01T00:00:00Z').read(short)).to.equal(booking.calendarUid);
    expect(until('2026-12-01T00:00:01Z').read(short)).to.equal(undefined);
    const later = tokenOf(
      until('2026-11-20T00:00:00Z').linkFor(
        aBooking({ updatedAt: new Date('2026-11-30T09:00:00Z') }),
      ),
    );
    expect(until('2026-12-09T00:00:00Z').read(later)).to.equal(booking.calendarUid);
  });

  it('is refused when one bit of it is another', () => {
    const bytes = Buffer.from(token, 'base64url');
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const changed = Buffer.from(bytes);
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(links.read(changed.toString('base64url')), `bit ${bit}`).to.equal(undefined);
    }
  });

  it('is refused when it is the same bytes written another way', () => {
    for (const twin of [
      `${token}=`,
      ` ${token}`,
      `${token}\n`,
      `${token.slice(0, 5)}.${token.slice(5)}`,
      `${token}.ics.ics`,
    ]) {
      expect(links.read(twin), twin).to.equal(undefined);
    }
  });

  it('is refused without an error when it is anything at all', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        expect(links.read(text)).to.equal(undefined);
      }),
    );
    expect(links.read('A'.repeat(100_000))).to.equal(undefined);
  });

  it('needs a key that nobody can guess', () => {
    for (const key of ['', 'secret', new Uint8Array(15)]) {
      expect(() => createCalendarLinks({ publicUrl, key })).to.throw(AppError, /too short/);
    }
  });
});

describe('the calendar file at a plain address', () => {
  it('IC-33: arrives whole over http with its type', async () => {
    const file = makeFile({}, { title: 'À l’été 🎓' });
    const server = createServer((_request, response) => {
      response.setHeader('Content-Type', file.contentType);
      response.setHeader('Content-Disposition', `attachment; filename="${file.fileName}"`);
      response.end(file.text);
    });
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
    try {
      const { port } = server.address() as AddressInfo;
      const local = createCalendarLinks({ publicUrl: `http://127.0.0.1:${port}`, key: KEY });
      const answer = await fetch(local.linkFor(booking));
      expect(answer.headers.get('content-type')).to.equal(
        'text/calendar; charset=utf-8; method=PUBLISH',
      );
      expect(await answer.text()).to.equal(file.text);
    } finally {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    }
  });
});

describe('the link that adds a session to Google Calendar', () => {
  const words = calendarTexts('fr').say;

  it('IC-32: gives UTC hours and encoded text', () => {
    const link = googleCalendarLink(
      aHeldBooking({}, { title: 'Un & deux + trois #4', timeZone: 'Indian/Reunion' }),
      { words, url: 'https://declic.example/' },
    );
    expect(link).to.match(/^https:\/\/calendar\.google\.com\/calendar\/render\?[\x21-\x7e]+$/);
    const query = new URL(link ?? '').searchParams;
    expect(query.get('dates')).to.equal('20261208T080000Z/20261208T113000Z');
    expect(query.get('text')).to.equal('DéClics Numériques\u00a0: Un & deux + trois #4');
    expect(query.get('details')).to.include('https://declic.example/');
    expect(query.get('action')).to.equal('TEMPLATE');
  });

  it('is not made for a seat that is not held', () => {
    const others = [
      aHeldBooking({ status: 'waiting', rank: 1 }),
      aHeldBooking({ status: 'cancelled' }),
      aHeldBooking({}, { status: 'cancelled' }),
    ];
    for (const held of others) expect(googleCalendarLink(held, { words })).to.equal(undefined);
  });
});

describe('the words of calendars', () => {
  it('are filled in once: a value that looks like a placeholder stays', () => {
    const { say } = calendarTexts('fr');
    expect(say('summary', { title: '{{title}} {{link}} $& $1' })).to.equal(
      'DéClics Numériques\u00a0: {{title}} {{link}} $& $1',
    );
  });

  it('are French for a locale without a file, wherever the name points to', () => {
    for (const locale of ['fr-CA', 'de', '../fr', '..', 'fr/../../x', '']) {
      expect(calendarTexts(locale).language, locale).to.equal('fr');
    }
  });
});
