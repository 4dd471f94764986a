import { expect } from 'chai';
import { type Bench, LOCAL, openBench } from './clu-bench.ts';
import { predicts, type Reply } from './clu-peer.ts';

const SALARY = { intent: 'career_salary', score: 0.9053172 };

describe('Azure CLU: what is asked, and what is read', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await openBench();
  });
  afterEach(() => bench.peer.stop());

  it('asks the released version of the service, with the key and offsets of JavaScript', async () => {
    bench.peer.answer(predicts([['career_salary', 0.9]]));
    await bench.open();
    await bench.recognise('ça paie combien ? 🙂');
    const [asked, ...others] = bench.peer.received;
    expect(others).to.have.length(0);
    expect(asked).to.include({ method: 'POST', path: '/language/:analyze-conversations' });
    expect(asked?.query.get('api-version')).to.equal('2023-04-01');
    expect(asked?.headers['ocp-apim-subscription-key']).to.equal('a-key');
    expect(asked?.body).to.deep.equal({
      kind: 'Conversation',
      analysisInput: {
        conversationItem: {
          id: '1',
          participantId: '1',
          modality: 'text',
          language: 'fr',
          text: 'ça paie combien ? 🙂',
        },
      },
      parameters: {
        projectName: 'declic',
        deploymentName: 'production',
        verbose: true,
        isLoggingEnabled: false,
        stringIndexType: 'Utf16CodeUnit',
      },
    });
  });

  it('sends no token of Entra ID over http, even where a key may go', async () => {
    bench.peer.answer(predicts([['career_salary', 0.9]]));
    const getToken = async () => ({ token: 'a-token', expiresOnTimestamp: 9e15 });
    await bench.open({ credential: { getToken } });
    expect(await bench.recognise('ça paie combien')).to.equal(LOCAL);
    expect(bench.peer.received).to.have.length(0);
    expect(bench.reasons()).to.deep.equal(['unreachable']);
  });

  it('ranks the intents by the confidence of the service, whatever their order', async () => {
    bench.peer.answer(
      predicts([
        ['career_demand', 0.2],
        ['career_salary', 0.9053172],
        ['None', 0.4],
      ]),
    );
    await bench.open();
    const read = await bench.recognise('ça paie combien');
    expect(read.intents).to.deep.equal([SALARY]);
    expect(read.top3).to.deep.equal([
      SALARY,
      { intent: 'none', score: 0.4 },
      { intent: 'career_demand', score: 0.2 },
    ]);
    expect(read.action).to.equal('answer');
  });

  it('passes over members that nobody has heard of, and intents that are not ours', async () => {
    bench.peer.answer(
      predicts(
        [
          ['career_salary', 0.9],
          ['OrderPizza', 0.5],
        ],
        {
          entities: [
            {
              category: 'Thing',
              text: 'x',
              offset: 0,
              length: 1,
              confidenceScore: 1,
              resolutions: [{ resolutionKind: 'FromTheFuture', value: 'x' }],
              extraInformation: [{ extraInformationKind: 'RegexKey', key: 'k' }],
            },
          ],
          detectedLanguage: 'fr',
          somethingNew: { deep: [1, 2, 3] },
        },
      ),
    );
    await bench.open();
    const read = await bench.recognise('ça paie combien');
    expect(read.top3).to.deep.equal([{ intent: 'career_salary', score: 0.9 }]);
  });

  const orchestration = (intents: object, topIntent: string): Reply =>
    predicts([], { projectKind: 'Orchestration', topIntent, intents });

  it('follows an orchestration project to the project that it routes to', async () => {
    const nested = predicts([['career_salary', 0.8]]) as { body: { result: object } };
    bench.peer.answer(
      orchestration(
        {
          Declic: {
            confidenceScore: 0.78,
            targetProjectKind: 'Conversation',
            result: nested.body.result,
          },
          Faq: { confidenceScore: 0.9, targetProjectKind: 'QuestionAnswering' },
        },
        'Declic',
      ),
    );
    await bench.open();
    const read = await bench.recognise('ça paie combien');
    expect(read.intents).to.deep.equal([{ intent: 'career_salary', score: 0.8 }]);
    expect(bench.reasons()).to.deep.equal(['clu']);
  });

  it('takes an orchestration that routes nowhere for none of our intents', async () => {
    const intents = { None: { confidenceScore: 0.9, targetProjectKind: 'NonLinked' } };
    bench.peer.answer(orchestration(intents, 'None'));
    await bench.open();
    const read = await bench.recognise('le temps demain');
    expect(read.intents).to.deep.equal([{ intent: 'none', score: 0.9 }]);
  });

  for (const [what, reply] of [
    [
      'an orchestration that routes to questions and answers',
      () =>
        orchestration(
          {
            Faq: {
              confidenceScore: 1,
              targetProjectKind: 'QuestionAnswering',
              result: { answers: [{ answer: 'x', confidenceScore: 0.7 }] },
            },
          },
          'Faq',
        ),
    ],
    ['a project whose intents are not ours', () => predicts([['OrderPizza', 0.9]])],
  ] as const) {
    it(`leaves the decision to the embedded recogniser for ${what}`, async () => {
      bench.peer.answer(reply());
      await bench.open();
      expect(await bench.recognise('bonjour')).to.equal(LOCAL);
      expect(bench.reasons()).to.deep.equal(['foreign_intents']);
    });
  }

  it('masks what leads to a person, and cuts at 1,000 units without breaking a character', async () => {
    bench.peer.answer(predicts([['human_request', 0.9]]));
    await bench.open();
    const text = 'rappelez moi au 06 12 34 56 78 ou awa@example.org svp';
    const at = (kind: string, words: string) => {
      const start = text.indexOf(words);
      return { kind, value: words, text: words, start, end: start + words.length };
    };
    const entities = [at('email', 'awa@example.org'), at('phone', '06 12 34 56 78')];
    bench.local = { ...LOCAL, entities };
    await bench.recognise(text);
    bench.local = LOCAL;
    await bench.recognise(`${'a'.repeat(999)}🙂 et la suite`);
    const texts = bench.peer.received.map(
      ({ body }) =>
        (body as { analysisInput: { conversationItem: { text: string } } }).analysisInput
          .conversationItem.text,
    );
    expect(texts).to.deep.equal(['rappelez moi au … ou … svp', 'a'.repeat(999)]);
  });

  it('asks nothing where there is danger, nor about what holds no letter', async () => {
    bench.peer.answer(predicts([['greeting', 0.99]]));
    await bench.open();
    for (const [text, local] of [
      ['je veux en finir', { ...LOCAL, distress: 'yes' as const }],
      ["j'en peux plus", { ...LOCAL, distress: 'maybe' as const }],
      ['12', LOCAL],
      ['👍 !!', LOCAL],
      ['   ', LOCAL],
    ] as const) {
      bench.local = local;
      expect(await bench.recognise(text)).to.equal(local);
    }
    expect(bench.peer.received).to.have.length(0);
    expect(bench.counters.read().reasons).to.deep.equal({ not_sent: 5 });
  });

  it('logs who decided and how long it took, never what was written', async () => {
    bench.peer.answer(predicts([['career_salary', 0.9]]), { status: 500, body: 'ça paie combien' });
    await bench.open();
    await bench.recognise('ça paie combien');
    await bench.recognise('ça paie combien');
    expect(bench.reasons()).to.deep.equal(['clu', 'server_error']);
    for (const { fields } of bench.log) {
      expect(Object.keys(fields)).to.not.include('err');
      if ('recogniser' in fields) expect(fields.ms).to.be.a('number').that.is.at.least(0);
    }
    expect(JSON.stringify(bench.log)).to.not.include('paie');
    const counts = bench.counters.read();
    expect(counts).to.deep.include({ clu: 1, embedded: 1, reasons: { server_error: 1 } });
    expect(counts.cluMs.longest).to.equal(counts.cluMs.mean).and.to.be.above(0);
  });
});
