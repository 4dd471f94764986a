import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { LOCALES, recognise } from './recogniser.ts';

/** What a short answer is read as, in the language of the conversation. */
const read = async (text: string, locale: string): Promise<string[]> =>
  (await recognise(text, locale)).entities
    .filter(({ kind }) => kind !== 'cue')
    .map(({ kind, value }) => `${kind}=${value}`);

const ANSWERS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  es: {
    sí: 'yes_no=yes',
    no: 'yes_no=no',
    'más tarde': 'not_now=not_now',
    menú: 'way_out=menu',
    ayuda: 'way_out=help',
    'quiero hablar con alguien': 'way_out=human',
    'borra mis datos': 'way_out=erase',
    'por qué preguntas': 'meta=why',
    'prefiero no decirlo': 'meta=skip',
    'no entiendo': 'meta=repeat',
    'estoy en paro': 'situation=job_seeker',
  },
  pt: {
    sim: 'yes_no=yes',
    não: 'yes_no=no',
    'mais tarde': 'not_now=not_now',
    ajuda: 'way_out=help',
    recomeçar: 'way_out=restart',
    'falar com alguém': 'way_out=human',
    'porque quer saber': 'meta=why',
    'prefiro não dizer': 'meta=skip',
    'não entendi': 'meta=repeat',
    'estou desempregada': 'situation=job_seeker',
  },
  tr: {
    evet: 'yes_no=yes',
    hayır: 'yes_no=no',
    sonra: 'not_now=not_now',
    yardım: 'way_out=help',
    geri: 'way_out=back',
    'verilerimi sil': 'way_out=erase',
    'neden soruyorsunuz': 'meta=why',
    'söylemek istemiyorum': 'meta=skip',
    anlamadım: 'meta=repeat',
    'iş arıyorum': 'situation=job_seeker',
  },
  uk: {
    так: 'yes_no=yes',
    ні: 'yes_no=no',
    пізніше: 'not_now=not_now',
    допоможіть: 'way_out=help',
    стоп: 'way_out=stop',
    'поговорити з людиною': 'way_out=human',
    'навіщо вам це': 'meta=why',
    'не хочу казати': 'meta=skip',
    'не зрозуміла': 'meta=repeat',
    'шукаю роботу': 'situation=job_seeker',
  },
  ar: {
    نعم: 'yes_no=yes',
    لا: 'yes_no=no',
    لاحقا: 'not_now=not_now',
    مساعدة: 'way_out=help',
    رجوع: 'way_out=back',
    توقف: 'way_out=stop',
    'لماذا تسأل': 'meta=why',
    'لا أريد أن أقول': 'meta=skip',
    'لم أفهم': 'meta=repeat',
    'أبحث عن عمل': 'situation=job_seeker',
  },
};

describe('Short answers in other languages', () => {
  for (const [locale, table] of Object.entries(ANSWERS)) {
    for (const [text, expected] of Object.entries(table)) {
      it(`${locale}: ${JSON.stringify(text)} → ${expected}`, async () => {
        expect(await read(text, locale)).to.deep.equal([expected]);
      });
    }
  }

  it('are read as no situation when it is denied', async () => {
    for (const [locale, text] of [
      ['es', 'no soy estudiante'],
      ['pt', 'não sou estudante'],
      ['tr', 'öğrenci değilim'],
      ['uk', 'я не студентка'],
      ['ar', 'لست طالبة'],
    ] as const) {
      expect(await read(text, locale), text).to.not.include('situation=student');
    }
  });

  it('are read by the French words where a language has none of its own', async () => {
    expect(await read('Bélgica', 'es')).to.deep.equal([]);
    expect(await read('Maroc', 'es')).to.deep.equal(['place=abroad']);
  });
});

describe('The words for yes, no, questions about a question and ways out', () => {
  const groupsOf = (locale: string): ReadonlySet<string> =>
    new Set(
      readFileSync(join(LOCALES, locale, 'values.tsv'), 'utf8')
        .split('\n')
        .filter((line) => line !== '' && !line.startsWith('#'))
        .map((line) => line.split('\t').slice(0, 2).join(' ')),
    );
  const needed = [...groupsOf('fr')].filter((group) =>
    /^(?:yes_no|yes_no_alone|not_now|way_out|meta) /.test(group),
  );

  for (const locale of Object.keys(ANSWERS)) {
    it(`are all written in ${locale}`, () => {
      expect([...groupsOf(locale)]).to.include.members(needed);
    });
  }

  it('are written in English with every other group too', () => {
    expect([...groupsOf('en')]).to.have.members([...groupsOf('fr')]);
  });
});
