import type { CatalogService, ProjectToken } from "@groundwork/tooling/keystone-v3";

/** A service of OpenStack, with its types in catalogs, newest first, and the version that clients append to its URL. */
const SERVICES = {
  compute: { types: ["compute"], version: "" },
  network: { types: ["network"], version: "/v2.0" },
  image: { types: ["image"], version: "/v2" },
  volume: { types: ["volumev3", "block-storage", "volumev2"], version: "" },
  "load-balancer": { types: ["load-balancer"], version: "/v2.0" },
} as const;

export type Service = keyof typeof SERVICES;

/** The cloud rejected a request, or does not offer the service. */
export class ApiFailure extends Error {
  override readonly name = "ApiFailure";

  constructor(
    /** HTTP status; 404 for a service that is not in the catalog. */
    readonly status: number,
    message: string,
  ) {
    super(message);
  }

  /** Whether the user lacks a permission. */
  get isDenied(): boolean {
    return this.status === 401 || this.status === 403;
  }
}

/** Objects of a list by attribute. */
export type ApiObject = Readonly<Record<string, unknown>>;

interface Link {
  readonly rel: string;
  readonly href: string;
}

/** Calls the services of a cloud, read-only, with a token of a project. */
export class OpenStackSession {
  constructor(
    private readonly token: ProjectToken,
    /** Region of the services. @default - the only one of the catalog */
    private readonly region: string | undefined,
    /** Response of a service, for tests. */
    private readonly request: typeof fetch = fetch,
  ) {}

  get projectId(): string {
    return this.token.projectId;
  }

  get roles(): readonly string[] {
    return this.token.roles;
  }

  /** Sends a GET request; throws an {@link ApiFailure} when it is rejected. */
  async get(service: Service, path: string): Promise<ApiObject> {
    return this.read(`${this.urlOf(service)}${path}`);
  }

  /** All objects of a list, of all pages. */
  async list<T = ApiObject>(service: Service, path: string, key: string): Promise<readonly T[]> {
    const objects: T[] = [];
    let url: string | undefined = `${this.urlOf(service)}${path}`;
    while (url !== undefined) {
      const body: ApiObject = await this.read(url);
      objects.push(...((body[key] as readonly T[] | undefined) ?? []));
      const next = nextPage(body, key);
      url = next === undefined ? undefined : new URL(next, url).href;
    }
    return objects;
  }

  private urlOf(service: Service): string {
    const { types, version } = SERVICES[service];
    const endpoint = types.map((type) => this.endpoint(type)).find((found) => found !== undefined);
    if (endpoint === undefined)
      throw new ApiFailure(
        404,
        `the catalog has no service ${types[0]}${this.region === undefined ? "" : ` in ${this.region}`}`,
      );
    // Some catalogs contain the version that clients append.
    const base = endpoint.url.replace(/\/+$/, "");
    return base.endsWith(version) ? base : base + version;
  }

  private endpoint(type: string): CatalogService | undefined {
    return this.token.services.find(
      (service) => service.type === type && (this.region === undefined || service.region === this.region),
    );
  }

  private async read(url: string): Promise<ApiObject> {
    const { request } = this;
    const headers = { "X-Auth-Token": this.token.id, Accept: "application/json" };
    const response = await request(url, { headers, signal: AbortSignal.timeout(60_000) });
    const { pathname } = new URL(url);
    if (!response.ok) throw new ApiFailure(response.status, `GET ${pathname}: HTTP ${response.status}`);
    return (await response.json()) as ApiObject;
  }
}

/** Glance links the next page by `next`, Nova, Neutron and Cinder by a list of links. */
function nextPage(body: ApiObject, key: string): string | undefined {
  const { next } = body;
  if (typeof next === "string") return next;
  const links = (body[`${key}_links`] as readonly Link[] | undefined) ?? [];
  return links.find(({ rel }) => rel === "next")?.href;
}
