/** A domain of users or projects, by name or id. */
export interface DomainReference {
  readonly id?: string | undefined;
  readonly name?: string | undefined;
}

/** Credentials for a token of Keystone v3. */
export type V3Credentials = PasswordCredentials | ApplicationCredentials;

/** A user's password, and the project that the token is for. */
export interface PasswordCredentials {
  readonly type: "password";
  /** URL of the identity service, including `/v3`. */
  readonly authUrl: string;
  readonly user: { readonly id?: string | undefined; readonly name?: string | undefined };
  readonly userDomain: DomainReference;
  readonly password: string;
  readonly project: { readonly id?: string | undefined; readonly name?: string | undefined };
  readonly projectDomain: DomainReference;
}

/** An application credential, which belongs to one project. */
export interface ApplicationCredentials {
  readonly type: "application-credential";
  /** URL of the identity service, including `/v3`. */
  readonly authUrl: string;
  readonly id: string;
  readonly secret: string;
}

/** Address of a service of the cloud. */
export interface CatalogService {
  /** Type in the catalog, such as `compute`. */
  readonly type: string;
  readonly region: string;
  readonly url: string;
}

/** A token for a project, with what it permits. */
export interface ProjectToken {
  readonly id: string;
  readonly projectId: string;
  /** Names of the user's roles in the project. */
  readonly roles: readonly string[];
  readonly services: readonly CatalogService[];
}

/** Requests a token of Keystone v3. Errors never contain the response body, which may repeat the request. */
export async function issueV3Token(credentials: V3Credentials): Promise<ProjectToken> {
  const { authUrl } = credentials;
  const response = await fetch(`${authUrl.replace(/\/+$/, "")}/auth/tokens`, {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: "application/json" },
    body: JSON.stringify({ auth: requestOf(credentials) }),
    redirect: "error",
    signal: AbortSignal.timeout(30_000),
  });
  const id = response.headers.get("X-Subject-Token");
  if (response.status !== 201 || id === null)
    throw new Error(`${authUrl} issued no token to ${nameOf(credentials)}: HTTP ${response.status}`);
  return tokenOf(id, (await response.json()) as TokenBody, authUrl);
}

function requestOf(credentials: V3Credentials): object {
  if (credentials.type === "application-credential") {
    const { id, secret } = credentials;
    return { identity: { methods: ["application_credential"], application_credential: { id, secret } } };
  }
  const { user, userDomain, password, project, projectDomain } = credentials;
  return {
    identity: {
      methods: ["password"],
      password: { user: { password, ...(user.id === undefined ? { name: user.name, domain: userDomain } : user) } },
    },
    scope: { project: project.id === undefined ? { name: project.name, domain: projectDomain } : { id: project.id } },
  };
}

function nameOf(credentials: V3Credentials): string {
  if (credentials.type === "application-credential") return `the application credential ${credentials.id}`;
  const { user, project } = credentials;
  return `${user.name ?? user.id ?? "the user"} for ${project.name ?? project.id ?? "the project"}`;
}

function tokenOf(id: string, { token }: TokenBody, authUrl: string): ProjectToken {
  if (token.project === undefined) throw new Error(`the token of ${authUrl} is for no project; set OS_PROJECT_NAME`);
  return {
    id,
    projectId: token.project.id,
    roles: (token.roles ?? []).map(({ name }) => name),
    services: (token.catalog ?? []).flatMap(({ type, endpoints }) =>
      endpoints
        .filter((endpoint) => endpoint.interface === "public")
        .map(({ region_id, region, url }) => ({ type, region: region_id ?? region ?? "", url })),
    ),
  };
}

interface TokenBody {
  readonly token: {
    readonly project?: { readonly id: string };
    readonly roles?: readonly { readonly name: string }[];
    readonly catalog?: readonly {
      readonly type: string;
      readonly endpoints: readonly {
        readonly interface: string;
        readonly region?: string;
        readonly region_id?: string;
        readonly url: string;
      }[];
    }[];
  };
}
