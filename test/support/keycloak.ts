import { randomUUID } from "node:crypto";
import { Loopback, type Request, type Response } from "./loopback";

/** Deviations of the stand-in from a new installation. */
export interface KeycloakBehaviour {
  /** Requests until a token expires; simulates the lifetime of a minute. @default 1000 */
  readonly requestsPerToken?: number;
  /** Whether the limiter has no configuration. @default false */
  readonly unconfigured?: boolean;
  /** Number of requests with response 503 during startup. @default 0 */
  readonly unreadyFor?: number;
}

interface Component {
  readonly id: string;
  readonly name: string;
  readonly providerId: string;
  readonly config: Readonly<Record<string, readonly string[]>>;
}

const FLOW = "Browser with user session count limiter";
const ADMIN = "/admin/realms/cp-realm";
const PROVIDERS = ["rsa-generated", "rsa-enc-generated", "hmac-generated", "aes-generated"];

/**
 * A stand-in for the Admin API of the portal's Keycloak, as far as the first boot uses it: tokens that expire, nested flows, two
 * configurations with the same alias, and a PUT that replaces the whole object. Written from the public reference of Keycloak.
 */
export class Keycloak {
  static async start(password: string, behaviour: KeycloakBehaviour = {}): Promise<Keycloak> {
    const keycloak: Keycloak = new Keycloak(
      await Loopback.start((request) => keycloak.respond(request)),
      password,
      behaviour,
    );
    return keycloak;
  }

  /** Requests that change something. */
  readonly changes: string[] = [];
  readonly passwords = new Map<string, string>();
  /** The first is the limiter's; the other has the same alias and is not used by a bound flow. */
  readonly configs = new Map(
    ["limiter-config", "other-config"].map((id) => [id, limits()] as [string, Readonly<Record<string, string>>]),
  );
  components: readonly Component[] = PROVIDERS.map((providerId) => ({
    ...{ id: randomUUID(), name: providerId, providerId },
    config: { priority: ["100"], ...(providerId === "hmac-generated" ? { algorithm: ["HS512"] } : {}) },
  }));
  private readonly tokens = new Map<string, number>();
  private configured: string | undefined;
  private unready: number;

  private constructor(
    private readonly loopback: Loopback,
    private readonly password: string,
    private readonly behaviour: KeycloakBehaviour,
  ) {
    this.configured = behaviour.unconfigured === true ? undefined : "limiter-config";
    this.unready = behaviour.unreadyFor ?? 0;
  }

  get url(): string {
    return this.loopback.url;
  }

  stop(): Promise<void> {
    return this.loopback.stop();
  }

  private respond(request: Request): Response {
    if (this.unready > 0) {
      this.unready -= 1;
      return { status: 503 };
    }
    if (request.path.endsWith("/openid-configuration"))
      return { status: 200, body: { issuer: `${this.url}/realms/cp-realm` } };
    if (request.path === "/realms/master/protocol/openid-connect/token") return this.logIn(request);
    const left = this.tokens.get(request.token ?? "") ?? 0;
    if (left === 0) return { status: 401 };
    this.tokens.set(request.token ?? "", left - 1);
    if (request.method !== "GET") this.changes.push(`${request.method} ${request.path}`);
    return this.administer(request);
  }

  private logIn({ body }: Request): Response {
    const form = new URLSearchParams(body);
    const valid = form.get("username") === "admin" && form.get("password") === this.password;
    if (!valid || form.get("client_id") !== "admin-cli") return { status: 401, body: { error: "invalid_grant" } };
    const token = randomUUID();
    this.tokens.set(token, this.behaviour.requestsPerToken ?? 1000);
    return { status: 200, body: { access_token: token, expires_in: 60 } };
  }

  private administer({ method, path, body, query }: Request): Response {
    const [, config] = new RegExp(`^${ADMIN}/authentication/config/(.+)$`).exec(path) ?? [];
    const [, component] = new RegExp(`^${ADMIN}/components/(.+)$`).exec(path) ?? [];
    if (config !== undefined) return this.config(method, config, body);
    if (component !== undefined) {
      this.components = this.components.filter(({ id }) => id !== component);
      return { status: 204 };
    }
    switch (`${method} ${path.slice(ADMIN.length)}`) {
      case "GET ":
        return { status: 200, body: { id: "realm", browserFlow: FLOW } };
      case `GET /authentication/flows/${encodeURIComponent(FLOW)}/executions`:
        return { status: 200, body: this.executions() };
      case "POST /authentication/executions/limiter/config":
        this.configured = "created-config";
        this.configs.set("created-config", (JSON.parse(body) as { config: Record<string, string> }).config);
        return { status: 201 };
      case "GET /components":
        return query.get("type") === "org.keycloak.keys.KeyProvider"
          ? { status: 200, body: this.components }
          : { status: 400 };
      case "POST /components":
        this.components = [...this.components, { ...(JSON.parse(body) as Component), id: randomUUID() }];
        return { status: 201 };
      case "GET /users":
        return { status: 200, body: query.get("username") === "admin" ? [{ id: "first", username: "admin" }] : [] };
      case "PUT /users/first/reset-password":
        this.passwords.set("first", (JSON.parse(body) as { value: string }).value);
        return { status: 204 };
      default:
        return { status: 404 };
    }
  }

  private config(method: string, id: string, body: string): Response {
    const present = this.configs.get(id);
    if (present === undefined) return { status: 404 };
    if (method === "GET") return { status: 200, body: { id, alias: "user session count limiter", config: present } };
    this.configs.set(id, (JSON.parse(body) as { config: Record<string, string> }).config);
    return { status: 204 };
  }

  private executions(): readonly unknown[] {
    const limiter = { id: "limiter", level: 1, requirement: "REQUIRED", providerId: "user-session-limits" };
    return [
      { id: "cookie", level: 0, requirement: "ALTERNATIVE", providerId: "auth-cookie" },
      { id: "forms", level: 0, requirement: "ALTERNATIVE", authenticationFlow: true },
      { id: "password", level: 1, requirement: "REQUIRED", providerId: "auth-username-password-form" },
      this.configured === undefined ? limiter : { ...limiter, authenticationConfig: this.configured },
    ];
  }
}

function limits(): Readonly<Record<string, string>> {
  return { userRealmLimit: "-1", userClientLimit: "1", behavior: "Deny new session", errorMessage: "too many" };
}
