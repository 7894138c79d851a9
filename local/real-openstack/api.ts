import { setTimeout as sleep } from "node:timers/promises";
import { issueV3Token, type ProjectToken } from "@groundwork/tooling/keystone-v3";

/** A user and a project. */
export interface Credentials {
  readonly userName: string;
  readonly password: string;
  readonly projectName: string;
}

/** A response of an OpenStack API. */
export interface ApiResponse {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

/** Type of a service in the catalog, such as `compute`. */
type ServiceType = string;

/** Attempts for a request whose connection is reset, which uWSGI does now and then. */
const ATTEMPTS = 6;

/** A client of all services of a cloud: it knows their addresses from the catalog of its token. */
export class OpenStackApi {
  /** Requests a token for a project. */
  static async logIn(authUrl: string, { userName, password, projectName }: Credentials): Promise<OpenStackApi> {
    const domain = { name: "Default" };
    const request = () =>
      issueV3Token({
        type: "password",
        authUrl,
        user: { name: userName },
        userDomain: domain,
        password,
        project: { name: projectName },
        projectDomain: domain,
      });
    return new OpenStackApi(await attempt(request));
  }

  private constructor(private readonly token: ProjectToken) {}

  get projectId(): string {
    return this.token.projectId;
  }

  /** Base URL of a service in the catalog. */
  endpointOf(service: ServiceType): string {
    const endpoint = this.token.services.find(({ type }) => type === service);
    if (endpoint === undefined) throw new Error(`the catalog has no service ${service}`);
    return endpoint.url.replace(/\/$/, "");
  }

  /** Sends a request and returns the response, successful or not. */
  async send(
    method: string,
    service: ServiceType,
    path: string,
    body?: unknown,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<ApiResponse> {
    const url = `${this.endpointOf(service)}${path}`;
    const response = await attempt(() =>
      fetch(url, {
        method,
        headers: { "x-auth-token": this.token.id, "content-type": "application/json", ...headers },
        ...(body === undefined ? {} : { body: body instanceof Uint8Array ? body : JSON.stringify(body) }),
      }),
    );
    return { status: response.status, body: parse(await response.text()) };
  }

  /** Sends a request that has to succeed; returns the response's body. */
  async call<T>(method: string, service: ServiceType, path: string, body?: unknown): Promise<T> {
    const response = await this.send(method, service, path, body);
    if (response.status >= 400)
      throw new Error(`${method} ${service} ${path}: HTTP ${response.status} ${JSON.stringify(response.body)}`);
    return response.body as T;
  }

  /** The objects of a list: the only array of the response. */
  async list<T>(service: ServiceType, path: string): Promise<readonly T[]> {
    const body = await this.call<Record<string, unknown>>("GET", service, path);
    const found = Object.values(body).find((value) => Array.isArray(value));
    return (found ?? []) as readonly T[];
  }
}

async function attempt<T>(request: () => Promise<T>): Promise<T> {
  for (let left = ATTEMPTS; ; left -= 1) {
    try {
      return await request();
    } catch (error) {
      // A response that is an error is no reset: fetch fails with a TypeError.
      if (left <= 1 || !(error instanceof TypeError)) throw error;
      await sleep(500);
    }
  }
}

function parse(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : { text };
  } catch {
    return text === "" ? {} : { text };
  }
}
