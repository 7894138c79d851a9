import { CREDENTIALS } from "@groundwork/local/aws/account";

/** The part of an SDK client that a session manages. */
interface Client {
  destroy(): void;
}

/** Configuration that every client of a session gets. */
interface ClientConfig {
  readonly region: string;
  readonly endpoint?: string;
  readonly credentials?: typeof CREDENTIALS;
  readonly forcePathStyle?: boolean;
}

/**
 * AWS API clients of one region, either of AWS or of the local cloud.
 *
 * On AWS the SDK's default credential chain applies (environment, profile, SSO). A client is created when it is first requested,
 * so that a command loads only the SDK packages it imports.
 */
export class AwsSession {
  private readonly clients = new Map<unknown, Client>();
  private readonly config: ClientConfig;

  constructor(
    readonly region: string,
    /** Address of a local cloud. @default - AWS */
    readonly endpoint?: string,
  ) {
    // The SDK would warn every user that a later release requires a newer Node version; the version here is pinned.
    process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] = "true";
    // Path-style requests: a host name that starts with the bucket's name does not resolve to 127.0.0.1.
    const local = endpoint === undefined ? {} : { endpoint, credentials: CREDENTIALS, forcePathStyle: true };
    this.config = { region, ...local };
  }

  /** The client of a service: `session.client(EC2Client)`. */
  client<C extends Client>(type: new (config: ClientConfig) => C): C {
    const existing = this.clients.get(type);
    if (existing !== undefined) return existing as C;
    const created = new type(this.config);
    this.clients.set(type, created);
    return created;
  }

  /** Closes all connections; open ones keep the process alive. */
  destroy(): void {
    for (const client of this.clients.values()) client.destroy();
    this.clients.clear();
  }
}
