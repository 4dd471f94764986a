import { Writable } from 'node:stream';
import { expect } from 'chai';
import { createLogger } from '#server/create-logger.ts';
import { AppError } from '#shared/errors.ts';

/** Logs one line and gives it back, as text and as what it holds. */
function logged(fields: object, level: 'info' | 'error' = 'info') {
  let line = '';
  const destination = new Writable({
    write(chunk, _encoding, done) {
      line += chunk;
      done();
    },
  });
  createLogger({ level: 'info', destination })[level](fields, 'something happened');
  return { line, fields: JSON.parse(line) as Record<string, unknown> };
}

describe('the log', () => {
  it('is JSON with a level in words, an ISO time and the fields given', () => {
    const { fields } = logged({ route: '/x', status: 200, ms: 1.5, ok: true, none: null });
    expect(fields).to.include({ level: 'info', route: '/x', status: 200, ms: 1.5, ok: true });
    expect(fields.msg).to.equal('something happened');
    expect(fields.time).to.match(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
    expect(fields).not.to.have.any.keys('pid', 'hostname');
  });

  it('says nothing below its level', () => {
    let lines = 0;
    const destination = { write: () => lines++ };
    const logger = createLogger({ level: 'warn', destination });
    logger.debug({}, 'no');
    logger.info({}, 'no');
    expect(lines).to.equal(0);
    logger.warn({}, 'yes');
    expect(lines).to.equal(1);
  });

  it('hides what people write and who they are, wherever the field is', () => {
    const activity = {
      type: 'message',
      text: 'je suis enceinte',
      from: { id: 'dl_1', firstName: 'Awa' },
      channelData: { userEmail: 'awa', remote_address: '::1', messageBody: ['secret de famille'] },
    };
    const { line, fields } = logged({ activity, list: [{ phone: 612345678, phoneNumber: 'x' }] });
    for (const word of ['enceinte', 'Awa', 'awa', '::1', 'famille', '"x"']) {
      expect(line).not.to.include(word);
    }
    expect(fields.activity).to.deep.include({
      type: 'message',
      from: { id: 'dl_1', firstName: '[hidden]' },
    });
  });

  it('hides secrets, signed links, e-mail addresses and telephone numbers inside any words', () => {
    for (const [words, kept] of [
      ['sent with Bearer abc.def-1', 'sent with Bearer [hidden]'],
      ['token eyJhbGciOi.eyJzdWIi.c2ln refused', 'token [hidden] refused'],
      ['GET /v3/x?watermark=1&t=abc failed', 'GET /v3/x?[hidden] failed'],
      ['GET /calendar/abc.def-1.ics', 'GET /calendar/[hidden]'],
      ['postgres://bob:pw@db:5432/x', 'postgres://[hidden]@db:5432/x'],
      ['awa.diop+x@mail.example.fr wrote', '[hidden] wrote'],
      ['call 06 12 34 56 78 or +33612345678.', 'call [hidden] or [hidden].'],
    ] as const) {
      expect(logged({ note: words }).fields.note).to.equal(kept);
    }
  });

  it('leaves ordinary words, numbers and times alone', () => {
    const note = 'session 2026-01-06T09:00:00.000Z of 12 seats, id 0b12345678, why?';
    expect(logged({ note, tokenAge: 12, hasText: true }).fields).to.include({
      note,
      tokenAge: 12,
      hasText: true,
    });
  });

  it('keeps of an error its code, words and places, not what libraries hang on it', () => {
    const cause = Object.assign(new Error('POST https://u:p@h/x?sig=1 failed'), {
      code: 'ECONNRESET',
      request: { body: 'mot de passe' },
    });
    const error = new AppError('CHANNEL_FAILED', 'for awa@mail.fr', { cause });
    const { line, fields } = logged({ err: error }, 'error');
    expect(fields.err).to.deep.include({ type: 'AppError', code: 'CHANNEL_FAILED' });
    expect(fields.err).to.have.nested.property('cause.code', 'ECONNRESET');
    expect(fields.err)
      .to.have.property('stack')
      .that.match(/create-logger\.test\.ts:\d+/);
    for (const word of ['mot de passe', 'awa@', 'u:p', 'sig=1']) expect(line).not.to.include(word);
  });

  it('does not repeat the input that could not be read as JSON', () => {
    let error: unknown;
    try {
      JSON.parse('{"text": je suis malade');
    } catch (caught) {
      error = caught;
    }
    const { line } = logged({ err: error }, 'error');
    expect(line).to.include('SyntaxError').and.not.include('malade');
  });

  it('takes an error given alone, and does not follow a circle forever', () => {
    expect(logged(new Error('alone')).fields.err).to.have.property('message', 'alone');
    const circle: Record<string, unknown> = { status: 1 };
    circle.self = circle;
    expect(logged({ circle }).fields.circle).to.have.property('status', 1);
  });
});
