import { expect } from 'chai';
import { AppError } from '#shared/errors.ts';
import { type Deployed, deployProject } from '#understanding/clu/authoring/deploy-project.ts';
import { type Peer, type Reply, startPeer } from './clu-peer.ts';

const FILE = JSON.stringify({ projectFileVersion: '2022-10-01-preview', assets: {} });
const MODEL = /^declic-[0-9a-f]{8}$/;
const BASE = '/language/authoring/analyze-conversations/projects/declic';
const NOW = new Date(Date.UTC(2026, 10, 24));

/** The shapes of the service's own examples, answered by path: the state of jobs goes on by turns. */
class Authoring {
  readonly models: string[] = [];
  readonly failing = new Map<string, Reply[]>();
  readonly states = new Map<string, object[]>([
    ['import', [{ status: 'notStarted' }, { status: 'running' }, { status: 'succeeded' }]],
    [
      'train',
      [
        { status: 'running', result: progress(3, 0) },
        { status: 'running', result: progress(100, 40) },
        { status: 'succeeded', result: progress(100, 100) },
      ],
    ],
    ['deployments/production', [{ status: 'succeeded' }]],
  ]);
  endpoint = '';

  reply(method: string, path: string): Reply {
    const own = path.slice(BASE.length + 1);
    const failure = this.failing.get(`${method} ${own}`)?.shift();
    if (failure !== undefined) return failure;
    const job = /^(.*)\/jobs\/1$/.exec(own)?.[1];
    if (job !== undefined) return this.#state(job);
    if (own === 'models') {
      const value = this.models.map((label, index) => ({
        label,
        lastTrainedDateTime: `2026-11-${10 + index}T00:00:00Z`,
      }));
      return this.models.length === 0 ? { status: 404, body: notFound } : { body: { value } };
    }
    if (own.endsWith('/summary-result')) {
      return { body: { intentsEvaluation: { microF1: 0.9, macroF1: 0.85, intents: {} } } };
    }
    if (method === 'DELETE') return { status: 204, body: '' };
    const started = own.startsWith('deployments') ? own : own.slice(1);
    const location = `${this.endpoint}${BASE}/${started}/jobs/1?api-version=2023-04-01`;
    return { status: 202, headers: { 'operation-location': location }, body: '' };
  }

  #state(job: string): Reply {
    const states = this.states.get(job) ?? [];
    const state = states.length > 1 ? states.shift() : states[0];
    const dates = {
      createdDateTime: '2026-11-24T00:00:00Z',
      lastUpdatedDateTime: '2026-11-24T00:00:00Z',
    };
    return { body: { jobId: '1', ...dates, ...state } };
  }
}

const notFound = { error: { code: 'NotFound', message: 'The project was not found.' } };
const progress = (learned: number, measured: number) => ({
  modelLabel: 'm',
  trainingStatus: { percentComplete: learned, status: 'running' },
  evaluationStatus: { percentComplete: measured, status: 'running' },
});

describe('Azure CLU: a project is put into service', () => {
  let peer: Peer;
  let service: Authoring;
  let told: string[];
  let waited: number[];
  beforeEach(async () => {
    peer = await startPeer();
    service = new Authoring();
    service.endpoint = peer.endpoint;
    told = [];
    waited = [];
    peer.answer((response, { method, path }) => {
      const reply = service.reply(method, path);
      if (typeof reply === 'function') return reply(response, peer.received.at(-1) as never);
      const { status = 200, headers = {}, body } = reply;
      response.writeHead(status, { 'content-type': 'application/json', ...headers });
      response.end(typeof body === 'string' ? body : JSON.stringify(body));
    });
  });
  afterEach(() => peer.stop());

  const deploy = (endpoint = peer.endpoint): Promise<Deployed> =>
    deployProject(FILE, {
      endpoint,
      project: 'declic',
      deployment: 'production',
      credential: 'a-key',
      clock: { now: () => NOW },
      tell: (line) => told.push(line),
      wait: async (ms) => {
        waited.push(ms);
      },
    });

  const calls = () =>
    peer.received.map(({ method, path }) => `${method} ${path.slice(BASE.length + 1)}`);

  const refusal = async (): Promise<string> => {
    try {
      await deploy();
    } catch (error) {
      expect(error).to.be.instanceOf(AppError).with.property('code', 'CLU_FAILED');
      return (error as AppError).message;
    }
    throw new Error('It was not refused.');
  };

  it('by importing, training, measuring and deploying, in that order', async () => {
    const deployed = await deploy();
    expect(deployed.model).to.match(MODEL);
    expect(deployed).to.include({ microF1: 0.9, macroF1: 0.85 });
    const job = (name: string, times: number) => Array(times).fill(`GET ${name}/jobs/1`);
    expect(calls()).to.deep.equal([
      'GET models',
      'POST :import',
      ...job('import', 3),
      'POST :train',
      ...job('train', 3),
      `GET models/${deployed.model}/evaluation/summary-result`,
      'PUT deployments/production',
      ...job('deployments/production', 1),
    ]);
    for (const { headers, query } of peer.received) {
      expect(headers['ocp-apim-subscription-key']).to.equal('a-key');
      expect(query.get('api-version')).to.equal('2023-04-01');
    }
  });

  it('with the file as it is, a training that reads all languages, and our own Test set', async () => {
    const { model } = await deploy();
    const bodies = peer.received.filter(({ method }) => method !== 'GET').map(({ body }) => body);
    expect(bodies).to.deep.equal([
      JSON.parse(FILE),
      {
        modelLabel: model,
        trainingMode: 'advanced',
        trainingConfigVersion: 'latest',
        evaluationOptions: { kind: 'manual' },
      },
      { trainedModelLabel: model },
    ]);
  });

  it('telling how far it is, each thing once', async () => {
    service.states.get('import')?.splice(1, 0, { status: 'running' }, { status: 'running' });
    await deploy();
    expect(told).to.deep.equal([
      'import: notStarted',
      'import: running',
      'import: succeeded',
      'training: running, learned 3 %, measured 0 %',
      'training: running, learned 100 %, measured 40 %',
      'training: succeeded, learned 100 %, measured 100 %',
      'deployment: succeeded',
    ]);
  });

  it('looking at jobs less and less often, within the hundred looks a minute allowed', async () => {
    service.states.get('train')?.unshift(...Array(20).fill({ status: 'running' }));
    await deploy();
    expect(Math.min(...waited)).to.equal(2000);
    expect(Math.max(...waited)).to.equal(10_000);
  });

  it('signing in with a token where there is no key', async () => {
    const getToken = async () => ({ token: 'a-token', expiresOnTimestamp: 9e15 });
    await deployProject(FILE, {
      endpoint: peer.endpoint,
      project: 'declic',
      deployment: 'production',
      credential: { getToken },
      clock: { now: () => NOW },
      tell: () => undefined,
      wait: async () => undefined,
    });
    for (const { headers } of peer.received) {
      expect(headers.authorization).to.equal('Bearer a-token');
      expect(headers).to.not.have.property('ocp-apim-subscription-key');
    }
  });

  it('without training again what was trained before, which is paid by the hour', async () => {
    const { model } = await deploy();
    service.models.push(model);
    peer.received.length = 0;
    await deploy();
    expect(calls()).to.deep.equal([
      'GET models',
      `GET models/${model}/evaluation/summary-result`,
      'PUT deployments/production',
      'GET deployments/production/jobs/1',
    ]);
  });

  it('leaving room for the next: of its own old models the latest is kept', async () => {
    service.models.push('somebody-elses', 'declic-00000001', 'declic-00000002', 'declic-00000003');
    service.failing.set('DELETE models/declic-00000002', [{ status: 400, body: notFound }]);
    await deploy();
    expect(calls().filter((call) => call.startsWith('DELETE'))).to.deep.equal([
      'DELETE models/declic-00000002',
      'DELETE models/declic-00000001',
    ]);
    expect(told.slice(-2)[0]).to.match(/declic-00000002 not deleted/);
    expect(told.at(-1)).to.equal('old model declic-00000001 deleted');
  });

  it('even where it is not told how good the model is', async () => {
    const { model } = await deploy();
    const path = `GET models/${model}/evaluation/summary-result`;
    service.failing.set(path, [{ status: 404, body: notFound }]);
    expect(await deploy()).to.deep.equal({ model, microF1: undefined, macroF1: undefined });
  });

  it('waiting as long as it is told when it asks too often, then going on', async () => {
    const slow = { status: 429, headers: { 'retry-after': '7' }, body: {} };
    service.failing.set('POST :import', [slow, slow]);
    service.failing.set('GET import/jobs/1', [{ status: 503, body: '' }]);
    await deploy();
    expect(waited.slice(0, 2)).to.deep.equal([7000, 7000]);
    expect(told[0]).to.equal('HTTP 429: waiting 7 s');
    expect(calls().filter((call) => call === 'POST :import')).to.have.length(3);
  });

  for (const [what, call, reply, words] of [
    [
      'a wrong key',
      'GET models',
      { status: 401, body: { error: { code: '401', message: 'Access denied.' } } },
      'AZURE_LANGUAGE_KEY',
    ],
    [
      'a role that is missing',
      'POST :import',
      { status: 403, body: {} },
      'Cognitive Services Language Owner',
    ],
    [
      'a file that it does not like',
      'POST :import',
      { status: 400, body: { error: { code: 'InvalidRequest', message: 'Utterance 3 is bad.' } } },
      'Utterance 3 is bad.',
    ],
    ['a training that is running', 'POST :train', { status: 409, body: {} }, 'Another job'],
    ['a page in HTML', 'PUT deployments/production', { status: 500, body: '<html>' }, 'HTTP 500'],
    ['an answer that is not JSON', 'GET models', { status: 200, body: '{"value":' }, 'not JSON'],
    [
      'a connection that breaks',
      'POST :train',
      (response) => response.destroy(),
      'cannot be reached',
    ],
  ] as readonly (readonly [string, string, Reply, string])[]) {
    it(`or not, said in words, for ${what}`, async () => {
      service.failing.set(call, [reply]);
      expect(await refusal()).to.include(words);
      expect(calls().filter((each) => each === call)).to.have.length(1);
    });
  }

  it('or not, when a job fails, with what the service says of it', async () => {
    const errors = [{ code: 'TooFew', message: 'Intent thanks has no utterance.' }];
    service.states.set('train', [{ status: 'failed', errors }]);
    expect(await refusal()).to.include('training: failed. Intent thanks has no utterance.');
    expect(calls()).to.not.include('PUT deployments/production');
  });

  it('or not, when it stays away too long', async () => {
    service.failing.set('GET models', Array(9).fill({ status: 500, body: '' }));
    expect(await refusal()).to.include('HTTP 500');
    expect(calls()).to.deep.equal(Array(5).fill('GET models'));
    expect(waited).to.deep.equal([2000, 4000, 8000, 16_000]);
  });

  it('even where the connection breaks while a job is looked at', async () => {
    service.failing.set('GET import/jobs/1', [(response) => response.destroy()]);
    await deploy();
    expect(told).to.include('no answer: waiting 2 s');
  });

  it('never by sending the key to another host', async () => {
    const headers = { 'operation-location': 'https://elsewhere.example/jobs/1' };
    service.failing.set('POST :import', [{ status: 202, headers, body: '' }]);
    expect(await refusal()).to.include('another host (elsewhere.example)');
  });

  it('or not, when nobody listens at that address', async () => {
    await peer.stop();
    expect(await refusal()).to.include('cannot be reached');
    expect(waited).to.deep.equal([]);
    peer = await startPeer();
  });
});
