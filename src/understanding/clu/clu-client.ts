import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { ConversationAnalysisClient } from '@azure/ai-language-conversations';
import type { ScoredIntent } from '#shared/recognition.ts';
import { readAnswer } from './clu-answer.ts';
import type { Credential } from './create-credential.ts';

/** Where a deployed project is asked. */
export interface CluAddress {
  readonly endpoint: string;
  readonly project: string;
  readonly deployment: string;
  readonly credential: Credential;
  /** Lets a key travel over http: for tests with a stand-in on the loopback. */
  readonly allowInsecureConnection?: boolean;
}

/**
 * Asks CLU about one text of at most 1,000 characters.
 * @throws whatever Azure's client throws, or CluFailure: see `toCluFailure`
 */
export type AskClu = (
  text: string,
  language: string,
  signal: AbortSignal,
) => Promise<readonly ScoredIntent[]>;

/** The client asks for a preview version unless it is told. */
const API_VERSION = '2023-04-01';
/** Azure's load balancers silently forget connections idle for four minutes: ours end before. */
const IDLE = 60_000;

type ClientOptions = NonNullable<ConstructorParameters<typeof ConversationAnalysisClient>[2]>;
type Policies = NonNullable<ClientOptions['additionalPolicies']>;

/**
 * Prepares the client of Azure. It is loaded here, since it takes a tenth of a second and many
 * installations do without.
 */
export const createCluClient = async (address: CluAddress): Promise<AskClu> => {
  const { AzureKeyCredential, ConversationAnalysisClient: Client } = await import(
    '@azure/ai-language-conversations'
  );
  const { endpoint, project, deployment, credential } = address;
  const client = new Client(
    endpoint,
    typeof credential === 'string' ? new AzureKeyCredential(credential) : credential,
    {
      apiVersion: API_VERSION,
      // By itself it would wait as long as Retry-After says, in the middle of a turn.
      retryOptions: { maxRetries: 0 },
      // A redirection would take the key to another host.
      redirectOptions: { maxRetries: 0 },
      allowInsecureConnection: address.allowInsecureConnection ?? false,
      additionalPolicies: keepAlive(endpoint),
    },
  );
  return async (text, language, abortSignal) => {
    const conversationItem = { id: '1', participantId: '1', modality: 'text', language, text };
    const task = {
      kind: 'Conversation' as const,
      analysisInput: { conversationItem },
      parameters: {
        projectName: project,
        deploymentName: deployment,
        verbose: true,
        // The service must not keep what people write.
        isLoggingEnabled: false,
        stringIndexType: 'Utf16CodeUnit',
      },
    };
    return readAnswer(await client.analyzeConversation(task, { abortSignal }));
  };
};

/** Connections are kept for the next message, unless a proxy of the machine has its own. */
const keepAlive = (endpoint: string): Policies => {
  const options = { keepAlive: true, timeout: IDLE };
  const agent = endpoint.startsWith('http:') ? new HttpAgent(options) : new HttpsAgent(options);
  return [
    {
      position: 'perRetry',
      policy: {
        name: 'keepAlive',
        sendRequest: (request, next) => {
          request.agent ??= agent;
          return next(request);
        },
      },
    },
  ];
};
