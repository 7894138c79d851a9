import type { CatalogService, ProjectToken } from "./keystone-v3";

/** Credentials for a token: the variables that every OpenStack client reads. */
export interface Credentials {
  /** URL of the identity service, including its version. */
  readonly authUrl: string;
  readonly tenantId: string;
  readonly userName: string;
  /** The API password; on NHN Cloud it differs from the password of the console. */
  readonly password: string;
}

/** A token and its expiry time, as the identity service writes them. */
export interface ApiToken {
  readonly id: string;
  readonly expires: string;
}

/** All regions of NHN Cloud share one identity service. */
const IDENTITY = "https://api-identity-infrastructure.nhncloudservice.com/v2.0";

/** Reads credentials from the environment; the error lists all missing variables. */
export function credentialsFrom(env: Readonly<Record<string, string | undefined>>): Credentials {
  const authUrl = (env["OS_AUTH_URL"] ?? IDENTITY).replace(/\/+$/, "");
  const tenantId = env["OS_TENANT_ID"] ?? env["OS_PROJECT_ID"] ?? "";
  const userName = env["OS_USERNAME"] ?? "";
  const password = env["OS_PASSWORD"] ?? "";
  const missing = Object.entries({ OS_TENANT_ID: tenantId, OS_USERNAME: userName, OS_PASSWORD: password })
    .filter(([, value]) => value === "")
    .map(([name]) => name);
  if (missing.length > 0)
    throw new Error(
      `no ${missing.join(", ")} in the environment; the console shows them under "API endpoint settings"`,
    );
  rejectOtherHosts(authUrl);
  return { authUrl, tenantId, userName, password };
}

/** Requests a token. Errors never contain the response body, which may repeat the request. */
export async function issueToken(credentials: Credentials): Promise<ApiToken> {
  const token = tokenOf(await requestToken(credentials));
  if (token === undefined) throw new Error(`the response of ${credentials.authUrl} contains no token`);
  return token;
}

/** Requests a token, and returns it with the roles of the user and the service catalog. */
export async function issueV2Token(credentials: Credentials): Promise<ProjectToken> {
  const body = await requestToken(credentials);
  const token = tokenOf(body);
  if (token === undefined) throw new Error(`the response of ${credentials.authUrl} contains no token`);
  const { serviceCatalog = [], user } = (body as CatalogBody).access;
  const services = serviceCatalog.flatMap(({ type, endpoints }) =>
    endpoints.map(({ region, publicURL: url }): CatalogService => ({ type, region, url })),
  );
  return {
    id: token.id,
    projectId: credentials.tenantId,
    roles: (user?.roles ?? []).map(({ name }) => name),
    services,
  };
}

async function requestToken({ authUrl, tenantId, userName, password }: Credentials): Promise<unknown> {
  const response = await fetch(`${authUrl}/tokens`, {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: "application/json" },
    body: JSON.stringify({ auth: { tenantId, passwordCredentials: { username: userName, password } } }),
    redirect: "error",
    signal: AbortSignal.timeout(30_000),
  });
  if (!response.ok)
    throw new Error(`${authUrl} issued no token to ${userName} for ${tenantId}: HTTP ${response.status}`);
  return response.json();
}

/** The request body contains the password: it is sent encrypted and only to NHN Cloud, even if variables of another cloud are set. */
function rejectOtherHosts(authUrl: string): void {
  const { protocol, hostname } = new URL(authUrl);
  if (["127.0.0.1", "[::1]", "localhost"].includes(hostname)) return;
  if (protocol !== "https:")
    throw new Error(`OS_AUTH_URL ${authUrl} would transmit the password unencrypted; use https`);
  if (!hostname.endsWith(".nhncloudservice.com"))
    throw new Error(`OS_AUTH_URL ${authUrl} is not a host of NHN Cloud; unset it`);
}

function tokenOf(body: unknown): ApiToken | undefined {
  const { access } = (body ?? {}) as { access?: { token?: { id?: unknown; expires?: unknown } } };
  const { id, expires } = access?.token ?? {};
  return typeof id === "string" && id !== "" ? { id, expires: typeof expires === "string" ? expires : "" } : undefined;
}

interface CatalogBody {
  readonly access: {
    readonly serviceCatalog?: readonly {
      readonly type: string;
      readonly endpoints: readonly { readonly region: string; readonly publicURL: string }[];
    }[];
    readonly user?: { readonly roles?: readonly { readonly name: string }[] };
  };
}
