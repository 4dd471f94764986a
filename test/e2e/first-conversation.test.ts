import { expect } from 'chai';
import ICAL from 'ical.js';
import { DirectLinePerson, fileOf, textOf } from '#test/support/direct-line-person.ts';
import { type ListedBooking, ServiceProcess } from '#test/support/service.ts';

describe('A first conversation that books, with the real Direct Line client', function () {
  this.timeout(180_000);
  let service: ServiceProcess;

  before(async () => {
    service = await ServiceProcess.start();
  });
  after(() => service.remove());

  const bookings = () => service.declic<readonly ListedBooking[]>('bookings', 'list');
  const statuses = async () => (await bookings()).map(({ status }) => status);

  for (const webSocket of [true, false]) {
    it(`goes from a doubt to a seat, back, and to a seat again (${webSocket ? 'socket' : 'polling'})`, async () => {
      const before = await statuses();
      const person = await DirectLinePerson.open(service.url, { webSocket });
      await person.answer(2);

      const doubt = textOf([
        ...(await person.says('c pa pour moi jai pas le bac')),
        ...(await settled(person)),
      ]);
      expect(doubt, 'heard').to.match(/diplôme|pour les autres/);
      expect(doubt, 'a sourced fact').to.match(/20\d\d.*\((Insee|Centre Inffo|France Bleu)/);
      expect(doubt, 'a small step').to.match(/\?$/);
      expect(person.offered()).to.include('Pas maintenant');

      await person.says('je peux participer ?');
      await person.presses('Je cherche un emploi');
      await person.says('j ai 34 ans');
      await person.says('j habite a Lille');
      expect(textOf(await person.says('oui'))).to.include('vous pouvez participer');

      await person.presses("M'inscrire");
      await person.says('la deuxième');
      await person.presses('Aucun besoin');
      const booked = [...(await person.presses('Je confirme')), ...(await settled(person))];
      expect(textOf(booked)).to.include("C'est réservé");
      expect(await statuses()).to.deep.equal([...before, 'booked']);

      const file = await calendarAt(fileOf(booked));
      expect(file.method).to.equal('PUBLISH');
      expect(file.status).to.equal('CONFIRMED');

      await person.says('finalement je peux pas');
      const cancelled = [...(await person.says('oui')), ...(await settled(person))];
      expect(textOf(cancelled)).to.include('libérée');
      expect(await statuses()).to.deep.equal([...before, 'cancelled']);
      const gone = await calendarAt(fileOf(cancelled));
      expect(gone).to.include({ method: 'CANCEL', status: 'CANCELLED', uid: file.uid });
      expect(gone.sequence).to.be.greaterThan(file.sequence);

      await person.says("je m'inscris");
      await person.says('1');
      await person.says('non');
      await person.says('oui je confirme');
      expect(await statuses()).to.deep.equal([...before, 'cancelled', 'booked']);
      person.leaves();
    });
  }

  it('goes on after a restart in the middle, with nothing lost', async () => {
    const before = await statuses();
    const person = await DirectLinePerson.open(service.url, { webSocket: true });
    await person.answer(2);
    await person.says('est-ce que je peux participer ?');
    await person.presses('Je cherche un emploi');
    await person.presses('Oui');

    await service.down('SIGKILL');
    await service.up();

    // The client waits 3 to 15 s before it opens its socket again.
    const place = await person.presses('En métropole');
    expect(textOf(place)).to.include('Je récapitule');
    expect(textOf(place)).to.include("en recherche d'emploi");
    await person.presses("C'est exact");
    await person.presses("M'inscrire");
    await person.says('la première');
    await person.says('aucun');
    await person.says('oui');
    expect(await statuses()).to.deep.equal([...before, 'booked']);
    const ids = person.received.map(({ id }) => id);
    expect(new Set(ids).size).to.equal(ids.length);
    person.leaves();
  });

  it('stops when told to, and exits with 0', async () => {
    expect(await service.down('SIGTERM')).to.equal(0);
    await service.up();
  });
});

/** What else comes in the same turn: the messages of a turn are committed together. */
async function settled(person: DirectLinePerson) {
  await new Promise((resolve) => setTimeout(resolve, 600));
  return person.answer(0);
}

async function calendarAt(url: string | undefined) {
  expect(url, 'a calendar file').to.be.a('string');
  const response = await fetch(url ?? '');
  expect(response.status).to.equal(200);
  expect(response.headers.get('content-type')).to.match(/^text\/calendar/);
  const calendar = new ICAL.Component(ICAL.parse(await response.text()));
  const event = calendar.getFirstSubcomponent('vevent');
  const value = (name: string): unknown => event?.getFirstPropertyValue(name);
  return {
    method: calendar.getFirstPropertyValue('method'),
    status: value('status'),
    uid: value('uid'),
    sequence: Number(value('sequence')),
  };
}
