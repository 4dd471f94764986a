import { expect } from 'chai';
import { entitiesOf, recognise } from './recogniser.ts';

const cases = (kinds: string[], table: Record<string, string[]>) => {
  for (const [text, expected] of Object.entries(table)) {
    it(`${JSON.stringify(text)} → ${expected.join(', ') || 'nothing'}`, async () => {
      expect(await entitiesOf(text, ...kinds)).to.have.members(expected);
    });
  }
};

describe('ages', () => {
  cases(['age'], {
    "j'ai 52 ans": ['age=52'],
    'jai 17 ans et demi': ['age=17'],
    '34 ans': ['age=34'],
    'femme, 45 ans, au chômage': ['age=45'],
    "j'ai cinquante-deux ans": ['age=52'],
    'soixante et onze ans, trop tard ?': ['age=71'],
    'a 58 piges qui voudra de moi': ['age=58'],
    "j'aurai 18 ans en mars": ['age=17'],
    'jé 45 ans c mort': ['age=45'],
    'la cinquantaine': ['age=50'],
    'née en 1979': ['age=47'],
    'née le 12/12/1979': ['age=46'],
    "j'ai 45ans": ['age=45'],
    'né en 2008': [],
    'un chef de 26 ans': [],
    "j'ai quitté l'école à 16 ans": [],
    '20 ans dans le bâtiment': [],
    'mon fils a 17 ans': [],
    'je suis au chômage depuis 10 ans': [],
    "j'ai 15 ans d'expérience": [],
    'dans 12 ans je suis à la retraite': [],
    'il y a 20 ans que je cherche': [],
  });
});

describe('dates, read from Tuesday 24 November 2026', () => {
  cases(['date', 'month'], {
    "aujourd'hui": ['date=2026-11-24'],
    demain: ['date=2026-11-25'],
    'après-demain': ['date=2026-11-26'],
    'apres demain matin': ['date=2026-11-26'],
    mardi: ['date=2026-12-01'],
    'vendredi prochain': ['date=2026-11-27'],
    'le 12 janvier': ['date=2027-01-12'],
    'le 30 novembre': ['date=2026-11-30'],
    '1er mars': ['date=2027-03-01'],
    'le 12/01': ['date=2027-01-12'],
    '12/01/2028': ['date=2028-01-12'],
    '2027-02-03': ['date=2027-02-03'],
    'dans trois jours': ['date=2026-11-27'],
    'dans 2 semaines': ['date=2026-12-08'],
    'celle de janvier': ['month=1'],
    'plutôt en août': ['month=8'],
    'le 31 avril': ['month=4'],
    '32/13': [],
    'fait chier': [],
    'mardi 8 décembre': ['date=2026-12-08'],
    'mardi en huit': ['date=2026-12-08'],
    'dans une semaine': ['date=2026-12-01'],
    'le mois prochain': ['month=12'],
    'mai c trop loin': [],
    'dispo 24/7': [],
    'ce jour-là': [],
  });

  it('counts "demain" from the day it is for the person', async () => {
    const late = new Date('2026-11-24T23:30:00Z');
    const { recogniser } = await import('./recogniser.ts');
    const read = async (timeZone: string) =>
      (await (await recogniser()).recognise('demain', { locale: 'fr', now: late, timeZone }))
        .entities[0]?.value;
    expect(await read('America/Martinique')).to.equal('2026-11-25');
    expect(await read('Indian/Reunion')).to.equal('2026-11-26');
    expect(await read('Not/AZone')).to.equal('2026-11-26');
  });
});

describe('ordinals and numbers', () => {
  cases(['ordinal', 'number'], {
    'la deuxième': ['ordinal=2'],
    'la 2eme svp': ['ordinal=2'],
    'je prends la dernière': ['ordinal=-1'],
    "l'avant-dernière": ['ordinal=-2'],
    '1ere': ['ordinal=1'],
    'la troisième session': ['ordinal=3'],
    '3': ['number=3'],
    deux: ['number=2'],
    'quatre-vingt-dix-sept': ['number=97'],
    'mille deux cents': ['number=1200'],
    'soixante-dix places': ['number=70'],
    'vingt et un': ['number=21'],
    'deux trois': ['number=2', 'number=3'],
    "j'ai 52 ans": [],
    'une formation': [],
    deuxieme: ['ordinal=2'],
    'une seconde': [],
    "c'est ma première fois": [],
    'je cherche depuis 2 ans': [],
    "d'autres dates": [],
    "c'est quoi le lien": [],
  });
});

describe('contacts', () => {
  cases(['email', 'phone', 'number'], {
    'awa.diallo@example.org': ['email=awa.diallo@example.org'],
    'mon mail : Awa@Example.ORG.': ['email=awa@example.org'],
    '06 12 34 56 78': ['phone=+33612345678'],
    '06.12.34.56.78': ['phone=+33612345678'],
    '0612345678 après 18h': ['phone=+33612345678'],
    '+33 6 12 34 56 78': ['phone=+33612345678'],
    '+33 (0)6 12 34 56 78': ['phone=+33612345678'],
    '0033612345678': ['phone=+33612345678'],
    '0692 12 34 56': ['phone=+262692123456'],
    '0690123456': ['phone=+590690123456'],
    '0696 12 34 56': ['phone=+596696123456'],
    '0694123456': ['phone=+594694123456'],
    '+32 470 12 34 56': ['phone=+32470123456'],
    'le 12 01 2027': ['number=12', 'number=1', 'number=2027'],
  });
});

describe('places', () => {
  cases(['region', 'department', 'city', 'place'], {
    "j'habite à Marseille": ['city=Marseille', 'place=mainland'],
    'fort de france': ['city=Fort-de-France', 'place=overseas'],
    'je suis en Martinique': ['region=Martinique', 'place=overseas'],
    'à la Réunion': ['region=La Réunion', 'place=overseas'],
    "la réunion d'information commence quand": [],
    'dans le 21': ['department=21', 'place=mainland'],
    'le 21 ça me va': [],
    'Île-de-France': ['region=Île-de-France', 'place=mainland'],
    'dans le 93': ['department=93', 'place=mainland'],
    'je vis en Seine Saint Denis': ['department=93', 'place=mainland'],
    'dans le 974': ['department=974', 'place=overseas'],
    '13001': ['department=13', 'place=mainland'],
    '97400': ['department=974', 'place=overseas'],
    "c'est trop cher": [],
    'dans le Cher': ['department=18', 'place=mainland'],
    'je vis à Nice': ['city=Nice', 'place=mainland'],
    'nice comme programme': [],
    'je vis en Belgique': ['place=abroad'],
    "à l'étranger": ['place=abroad'],
    "je n'habite pas à l'étranger": ['place=not:abroad'],
    Marseile: ['city=Marseille', 'place=mainland'],
    'je suis maçon': [],
    'à Mâcon': ['city=Mâcon', 'place=mainland'],
    'il y aura du monde': [],
    'pour donner du sens': [],
    'je reviens en france': ['place=mainland'],
    "j'écris mal en français": [],
    'pas diplome en france': [],
    'mon fils habite à Lyon': ['city=Lyon'],
    "je n'habite plus à Paris": [],
    'je viens du Mali': [],
    "j'ai eu mon bac au Cameroun": [],
    'je suis née au Maroc, je vis à Lille': ['city=Lille', 'place=mainland'],
    'Grande-Bretagne': ['place=abroad'],
    'en réunion': [],
  });
});

describe('names', () => {
  cases(['first_name'], {
    "je m'appelle Awa": ['first_name=Awa'],
    "moi c'est karim": ['first_name=Karim'],
    'mon prénom est Jean-Pierre, enchanté': ['first_name=Jean-Pierre'],
    'jmappelle leïla': ['first_name=Leïla'],
    "moi c'est pareil": [],
    "je m'appelle pas": [],
    "je m'appelle Nancy": ['first_name=Nancy'],
    'mon nom est Diallo et mon prénom Awa': ['first_name=Awa'],
    'mon prénom fait peur': [],
    "ma mère m'appelle, faut que j'y aille": [],
  });
});

describe('jobs', () => {
  cases(['career', 'occupation'], {
    "c'est quoi un data analyst": ['career=data-analyst'],
    'community manager ça paye ?': ['career=community-manager'],
    'technicien fibre': ['career=fibre-installer'],
    'je veux être developeur web': ['career=web-developer'],
    "j'étais caissière": ['occupation=hôtesse / hôte de caisse'],
    "j'ai été aide-soignante 12 ans": ['occupation=aide-soignante / aide-soignant'],
    'ancien routier': ['occupation=conductrice / conducteur de poids lourd'],
    'je suis pas là': [],
    oui: [],
    'comme ça': [],
    ui: [],
    'ui designer': ['career=ux-ui-designer'],
    'ton po me gêne': [],
    'le métier de PO': ['career=product-owner'],
    'mes data sont à vous ?': [],
    'travailler dans la data': ['career=data-analyst'],
    "l'ia va tout prendre": [],
    "un métier dans l'ia": ['career=ai-engineer'],
    'il y aura les sous-titres ?': [],
    'mon mari est maçon': [],
    'je veux devenir coiffeuse': [],
    '15 ans caissière': ['occupation=hôtesse / hôte de caisse'],
  });
});

describe('entities', () => {
  it('carry their words and offsets in the original text', async () => {
    const text = "Salut !! Jsuis à FORT-DE-FRANCE… j'ai 52 ans, 06 12 34 56 78";
    for (const entity of (await recognise(text)).entities) {
      expect(text.slice(entity.start, entity.end)).to.equal(entity.text);
    }
  });
});
