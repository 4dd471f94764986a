import type { ConfigurationBotFrameworkAuthentication } from 'botbuilder';

export type ConnectorOptions = NonNullable<
  ConstructorParameters<typeof ConfigurationBotFrameworkAuthentication>[4]
>;
type HttpClient = NonNullable<ConnectorOptions['httpClient']>;
type Answer = Awaited<ReturnType<HttpClient['sendRequest']>>;

/**
 * What the SDK sends replies with. Its own client waits forever, and follows redirections with
 * the bot's token in hand; a connector has no reason to redirect.
 */
export function boundedHttpClient(attemptWithinMs: number): HttpClient {
  return {
    async sendRequest(request) {
      const answer = await fetch(request.url, {
        method: request.method,
        headers: request.headers.rawHeaders(),
        ...(request.body === undefined ? {} : { body: String(request.body) }),
        redirect: 'error',
        signal: AbortSignal.timeout(attemptWithinMs),
      });
      const headers = Object.fromEntries(answer.headers);
      return {
        request,
        status: answer.status,
        bodyAsText: await answer.text(),
        headers: { toJson: () => headers, get: (name: string) => headers[name.toLowerCase()] },
      } as unknown as Answer;
    },
  };
}
