import { expect } from 'chai';
import { entitiesOf } from './recogniser.ts';

const cases = (kind: string, table: Record<string, string[]>) => {
  describe(kind, () => {
    for (const [text, expected] of Object.entries(table)) {
      it(`${JSON.stringify(text)} → ${expected.join(', ') || 'nothing'}`, async () => {
        const found = await entitiesOf(text, kind);
        expect(found).to.have.members(expected.map((value) => `${kind}=${value}`));
      });
    }
  });
};

cases('yes_no', {
  oui: ['yes'],
  ouais: ['yes'],
  'carrément !': ['yes'],
  "c'est bon": ['yes'],
  'vas-y': ['yes'],
  'ok merci': ['yes'],
  ouiiiii: ['yes'],
  wi: ['yes'],
  'oui je suis à Lille': ['yes'],
  'pourquoi pas': ['yes'],
  nan: ['no'],
  'pas vraiment': ['no'],
  'non merci': ['no'],
  'non, je suis salarié': ['no'],
  '👍': ['yes'],
  'je veux savoir si oui ça marche': [],
  cbon: [],
  'cest bon': ['yes'],
  'marche pour moi, oui': ['yes'],
  'no code': [],
  'je veux pas être la seule fille': [],
});

cases('not_now', {
  'pas maintenant': ['not_now'],
  'plus tard': ['not_now'],
  'une autre fois merci': ['not_now'],
  'je ferai ça plus tard dans ma vie peut-être': [],
});

cases('way_out', {
  menu: ['menu'],
  'le menu svp': ['menu'],
  AIDE: ['help'],
  'aidez-moi': ['help'],
  retour: ['back'],
  retoru: ['back'],
  recommencer: ['restart'],
  'je veux recommencer': ['restart'],
  humain: ['human'],
  "je veux parler à quelqu'un": ['human'],
  stop: ['stop'],
  'stop svp': ['stop'],
  effacer: ['erase'],
  'efface tout': ['erase'],
  'supprimez mes données': ['erase'],
  help: ['help'],
  'go back': ['back'],
  ayuda: ['help'],
  menü: ['menu'],
  стоп: ['stop'],
  مساعدة: ['help'],
  apagar: ['erase'],
  'le menu de la cantine est bon': [],
  "j'ai besoin d'aide pour payer mon loyer": [],
  'je veux recommencer ma vie': [],
  "je n'arrive pas à arrêter de fumer": [],
  'prévenez-moi': [],
  deuxieme: [],
  difficile: [],
  galère: [],
});

cases('meta', {
  'pourquoi cette question ?': ['why'],
  'pk tu demandes ça': ['why'],
  'pourquoi tu demande ça': ['why'],
  'pk tu veux savoir': ['why'],
  'à quoi ça sert de savoir ça': ['why'],
  'à quoi ça sert DéClics': [],
  'à quoi ça sert': ['why'],
  'je préfère ne pas répondre': ['skip'],
  'je passe': ['skip'],
  joker: ['skip'],
  'ça vous regarde pas': ['skip'],
  répète: ['repeat'],
  "j'ai pas compris": ['repeat'],
  'hein ?': ['repeat'],
  reprendre: ['resume'],
  'on continue': ['resume'],
  'où on en était': ['resume'],
  modifier: ['modify'],
  corriger: ['modify'],
  "c'est faux": ['modify'],
});

cases('situation', {
  'je suis au chômage': ['job_seeker'],
  'au chomdu': ['job_seeker'],
  'inscrite à France Travail': ['job_seeker'],
  'je touche le rsa': ['job_seeker'],
  'mon CDD se termine, fin de contrat vendredi': ['job_seeker'],
  'en CDI mais je veux changer de métier': ['career_change', 'career_change'],
  'mère au foyer': ['inactive'],
  'congé parental': ['inactive'],
  'étudiante en fac': ['student'],
  lycéen: ['student'],
  "j'ai monté ma boîte": ['founder'],
  'je recrute pour ma start-up': ['recruiter', 'founder'],
  'je ne suis pas étudiant': ['not:student'],
  'je suis plus étudiante': ['not:student'],
  'ni étudiant ni salarié': ['not:student', 'not:career_change'],
  'pas étudiant mais salarié': ['not:student', 'career_change'],
  'je suis etudient': ['student'],
  'je travaille pas': ['inactive'],
  'je travaille pas demain': [],
  'non pardon je suis en cdi': ['career_change'],
  'je suis pas en cdi': ['not:career_change'],
  'pas de diplôme, au chômage': ['job_seeker'],
  'cadre dirigeant': ['career_change'],
  'en plus je suis étudiante': ['student'],
  'il est au chômage': [],
  'mon fils est étudiant': [],
  'ma femme travaille et moi je suis au chômage': ['job_seeker'],
  "j'étais salariée": [],
  'je cherche un CDI': ['job_seeker'],
  'faut être au chômage ?': [],
  'mon conseiller France Travail': [],
  'je touche pas le chômage': [],
});

cases('adult', {
  'je suis majeure': ['yes'],
  mineur: ['no'],
  'pas encore 18 ans': ['no'],
});

cases('variant', {
  'tutoie-moi': ['tu'],
  'vouvoyez-moi svp': ['vous'],
  'tu peux me tutoyer': ['tu'],
  'on peut se tutoyer': ['tu'],
  'dites-moi tu': ['tu'],
  'arrêtez de me tutoyer': ['vous'],
  "c'est trop compliqué pour moi": [],
  'parle plus simplement': ['facile'],
  FALC: ['facile'],
});

cases('language', {
  'in English please': ['en'],
  'en anglais': ['en'],
  'en arabe svp': ['ar'],
  'je parle mal anglais depuis toujours': [],
  'on peut parler en arabe ?': ['ar'],
  'je suis nul en anglais': [],
  'Fort de France': [],
  'je reviens en france': [],
});
