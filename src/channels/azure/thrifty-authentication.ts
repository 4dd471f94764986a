import { type Activity, ConfigurationBotFrameworkAuthentication } from 'botbuilder';

type Sdk = ConfigurationBotFrameworkAuthentication;
type Authentication = Awaited<ReturnType<Sdk['authenticateRequest']>>;
type ConnectorFactory = NonNullable<Authentication['connectorFactory']>;
type Connector = ReturnType<ConnectorFactory['create']>;
type Identity = Parameters<Sdk['createUserTokenClient']>[0];
type UserTokenClient = ReturnType<Sdk['createUserTokenClient']>;

/** Channels have a few addresses each. */
const MOST_CONNECTORS = 100;

/**
 * The SDK's authentication, which keeps the clients that it makes. The SDK makes two new ones,
 * each with its pipeline, for every turn: most of what a turn costs, and all alike.
 */
export class ThriftyAuthentication extends ConfigurationBotFrameworkAuthentication {
  readonly #connectors = new Map<string, Connector>();
  #userTokens: UserTokenClient | undefined;

  override async authenticateRequest(activity: Activity, header: string): Promise<Authentication> {
    const authentication = await super.authenticateRequest(activity, header);
    const factory = authentication.connectorFactory;
    if (!factory) return authentication;
    const create: ConnectorFactory['create'] = (serviceUrl, audience) =>
      this.#keep(`${serviceUrl}\n${audience}`, () => factory.create(serviceUrl, audience));
    return { ...authentication, connectorFactory: { create } };
  }

  /** Users sign in nowhere with this bot: the client is asked for and never used. */
  override createUserTokenClient(identity: Identity): UserTokenClient {
    if (this.#userTokens) return this.#userTokens;
    const made = super.createUserTokenClient(identity);
    this.#userTokens = made;
    made.catch(() => {
      this.#userTokens = undefined;
    });
    return made;
  }

  #keep(key: string, make: () => Connector): Connector {
    const kept = this.#connectors.get(key);
    if (kept) return kept;
    const made = make();
    this.#connectors.set(key, made);
    made.catch(() => this.#connectors.delete(key));
    const oldest = this.#connectors.keys().next().value;
    if (this.#connectors.size > MOST_CONNECTORS && oldest !== undefined) {
      this.#connectors.delete(oldest);
    }
    return made;
  }
}
