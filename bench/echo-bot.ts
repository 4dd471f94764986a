import { createServer } from 'node:http';
import {
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  type Request,
  type Response,
} from 'botbuilder';

/** The baseline: a bot that repeats what it hears, on botbuilder alone. Prints its port. */
const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication({}));
const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const body: unknown = JSON.parse(Buffer.concat(chunks).toString());
    const answer = {
      socket: response.socket,
      header: (name: string, value: unknown) => response.setHeader(name, String(value)),
      status: (code: number) => {
        response.statusCode = code;
      },
      send: (content: unknown) => {
        response.setHeader('content-type', 'application/json');
        response.write(JSON.stringify(content));
      },
      end: () => response.end(),
    };
    const asked = { body, headers: request.headers, method: request.method } as unknown as Request;
    void adapter.process(asked, answer as unknown as Response, async (context) => {
      await context.sendActivity(`Echo: ${context.activity.text}`);
    });
  });
});
server.listen(0, () => {
  const address = server.address();
  console.log(typeof address === 'object' && address !== null ? address.port : '');
});
