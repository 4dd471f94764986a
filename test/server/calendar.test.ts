import { expect } from 'chai';
import type { CalendarAnswer } from '#server/handlers.ts';
import { startServer, type TestServer } from './start-server.ts';

const TOKEN = `${'a'.repeat(400)}.B-_~9`;

describe('calendar links', () => {
  let server: TestServer;
  const tokens: string[] = [];
  let next: CalendarAnswer;

  before(async () => {
    server = await startServer({
      calendar: async (token) => {
        tokens.push(token);
        return next;
      },
    });
  });
  beforeEach(() => {
    tokens.length = 0;
    next = { status: 200, headers: {}, body: 'BEGIN:VCALENDAR\r\nSUMMARY:Découverte\r\n' };
  });
  after(() => server.stop());

  it('give the file of the token, as a calendar to open, kept by nobody', async () => {
    const answer = await fetch(`${server.url}/calendar/${TOKEN}.ics`);
    expect(tokens).to.deep.equal([TOKEN]);
    expect(await answer.text()).to.equal(next.body);
    expect(answer.headers.get('content-type')).to.equal('text/calendar; charset=utf-8');
    expect(answer.headers.get('content-disposition')).to.equal('attachment; filename="declic.ics"');
    expect(answer.headers.get('cache-control')).to.equal('private, no-store');
    expect(answer.headers.get('referrer-policy')).to.equal('no-referrer');
    expect(answer.headers.get('x-robots-tag')).to.equal('noindex');
  });

  it('keep the status and the headers that the calendar gives', async () => {
    next = {
      status: 200,
      headers: {
        'content-type': 'text/calendar; charset=utf-8; method=CANCEL',
        'Content-Disposition': 'attachment; filename="session.ics"',
      },
      body: 'x',
    };
    const answer = await fetch(`${server.url}/calendar/t.ics`);
    expect(answer.headers.get('content-type')).to.include('method=CANCEL');
    expect(answer.headers.get('content-disposition')).to.include('session.ics');
    next = { status: 410, headers: { 'Content-Type': 'application/json' }, body: '{}' };
    const gone = await fetch(`${server.url}/calendar/t.ics`);
    expect(gone.status).to.equal(410);
    expect(gone.headers.get('content-disposition')).to.equal(null);
  });

  it('answer HEAD, which calendar programs ask first', async () => {
    const answer = await fetch(`${server.url}/calendar/t.ics`, { method: 'HEAD' });
    expect(answer.status).to.equal(200);
    expect(Number(answer.headers.get('content-length'))).to.equal(Buffer.byteLength(next.body));
  });

  it('ask nothing of the calendar for what cannot be a link', async () => {
    for (const path of [
      't',
      't.ICS',
      'a%2Fb.ics',
      'a b.ics',
      '%0d%0aX: 1.ics',
      '.ics',
      `${'a'.repeat(2000)}.ics`,
    ]) {
      const answer = await fetch(`${server.url}/calendar/${path}`);
      expect(answer.status, path).to.equal(404);
    }
    expect(tokens).to.deep.equal([]);
  });

  it('never let a header be forged: a line break in one is a failure', async () => {
    next = { status: 200, headers: { 'X-Name': 'a\r\nSet-Cookie: x=1' }, body: '' };
    const answer = await fetch(`${server.url}/calendar/t.ics`);
    expect(answer.status).to.equal(500);
    expect(answer.headers.get('set-cookie')).to.equal(null);
  });
});
