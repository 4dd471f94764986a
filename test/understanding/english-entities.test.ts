import { expect } from 'chai';
import { recognise } from './recogniser.ts';

/** What an English message is read as, without the cues. */
const read = async (text: string): Promise<string[]> =>
  (await recognise(text, 'en')).entities
    .filter(({ kind }) => kind !== 'cue')
    .map(({ kind, value }) => `${kind}=${value}`);

const cases = (title: string, table: Readonly<Record<string, readonly string[]>>) => {
  describe(title, () => {
    for (const [text, expected] of Object.entries(table)) {
      it(`${JSON.stringify(text)} → ${expected.join(', ') || 'nothing'}`, async () => {
        expect(await read(text)).to.have.members([...expected]);
      });
    }
  });
};

cases('English answers to the questions', {
  'yes please': ['yes_no=yes'],
  nope: ['yes_no=no'],
  'not now': ['not_now=not_now'],
  "I'm unemployed": ['situation=job_seeker'],
  "I don't work, I'm a stay at home mom": [
    'situation=inactive',
    'situation=inactive',
    'occupation=mère ou père au foyer',
  ],
  'I work at a supermarket': ['situation=career_change'],
  "I'm not a student": ['situation=not:student'],
  'my son is a student': [],
  'he is unemployed': [],
  "I'm hiring": ['situation=recruiter'],
  'over 18': ['adult=yes', 'number=18'],
  "no I'm employed": ['yes_no=no', 'situation=career_change'],
  'no idea': ['work_keep=any'],
  "I'd rather not say": ['meta=skip'],
  'why do you ask?': ['meta=why'],
  "I don't understand": ['meta=repeat'],
  'use simple words': ['variant=facile'],
});

cases('English ways out', {
  menu: ['way_out=menu'],
  'help me please': ['way_out=help'],
  'go back': ['way_out=back'],
  'start over': ['way_out=restart'],
  'talk to a human': ['way_out=human'],
  'stop messaging me': ['way_out=stop'],
  'delete my data': ['way_out=erase'],
  'I cannot stop smoking': [],
});

cases('English ages and numbers', {
  "I'm 45 years old": ['age=45'],
  "I'm 45": ['age=45'],
  '45yo': ['age=45'],
  'twenty-one': ['number=21'],
  'born in 1979': ['age=47'],
  'in my fifties': ['age=50'],
  'I will be 18 in March': ['age=17', 'month=3'],
  'my son is 12 years old': [],
  "I've worked 20 years in retail": ['occupation=vendeuse / vendeur en prêt-à-porter'],
  'for 10 years': [],
});

cases('English dates, read from Tuesday 24 November 2026', {
  'next Tuesday': ['date=2026-12-01'],
  'last Tuesday': [],
  'in two weeks': ['date=2026-12-08'],
  'in a week': ['date=2026-12-01'],
  'January 12th': ['date=2027-01-12'],
  'the 12th of January': ['date=2027-01-12'],
  'Tuesday, 8 December': ['date=2026-12-08'],
  'the 8th': ['number=8'],
  'next month': ['month=12'],
  'I may come': [],
  'in May': ['month=5'],
  'the second one': ['ordinal=2'],
  'wait a second': [],
  'the last one': ['ordinal=-1'],
});

cases('English places', {
  'I live in Paris': ['city=Paris', 'place=mainland'],
  'reunion island': ['region=La Réunion', 'place=overseas'],
  'near Nice': ['city=Nice', 'place=mainland'],
  'I live in London': ['place=abroad'],
  "I'm from Morocco": [],
  'I come from Senegal but I live in Lyon': ['city=Lyon', 'place=mainland'],
});

cases('English names and jobs', {
  'my name is Awa': ['first_name=Awa'],
  'call me Sam': ['first_name=Sam'],
  'call me back': ['way_out=human'],
  "it's expensive": [],
  'what is a data analyst?': ['career=data-analyst'],
  'I want to become a web developer': ['career=web-developer'],
  'I used to be a truck driver': ['occupation=conductrice / conducteur de poids lourd'],
  'I was a cashier': ['occupation=hôtesse / hôte de caisse'],
  'I want to be a nurse': [],
});
