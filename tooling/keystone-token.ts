/** Who asks for a token: the variables that every OpenStack program reads. */
export interface Credentials {
  /** Address of the identity service, up to and with its version. */
  readonly authUrl: string;
  readonly tenantId: string;
  readonly userName: string;
  /** The API password, which NHN Cloud keeps apart from that of the console. */
  readonly password: string;
}

/** A token and how long it lives, as the identity service writes it. */
export interface ApiToken {
  readonly id: string;
  readonly expires: string;
}

/** One identity service answers for all regions of NHN Cloud. */
const IDENTITY = "https://api-identity-infrastructure.nhncloudservice.com/v2.0";

/** Reads credentials from the environment; says everything that is missing at once. */
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
  refuseOthers(authUrl);
  return { authUrl, tenantId, userName, password };
}

/** Asks the identity service for a token. What it answers is repeated in no error: it may repeat what was sent. */
export async function issueToken(credentials: Credentials): Promise<ApiToken> {
  const { authUrl, tenantId, userName, password } = credentials;
  const answer = await fetch(`${authUrl}/tokens`, {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: "application/json" },
    body: JSON.stringify({ auth: { tenantId, passwordCredentials: { username: userName, password } } }),
    redirect: "error",
    signal: AbortSignal.timeout(30_000),
  });
  if (!answer.ok) throw new Error(`${authUrl} gives no token to ${userName} for ${tenantId}: HTTP ${answer.status}`);
  const token = tokenOf(await answer.json());
  if (token === undefined) throw new Error(`${authUrl} answers without a token`);
  return token;
}

/** The password travels in the body: encrypted, and to nobody but NHN Cloud, whatever another cloud has left behind. */
function refuseOthers(authUrl: string): void {
  const { protocol, hostname } = new URL(authUrl);
  if (["127.0.0.1", "[::1]", "localhost"].includes(hostname)) return;
  if (protocol !== "https:") throw new Error(`OS_AUTH_URL ${authUrl} would carry the password unencrypted; use https`);
  if (!hostname.endsWith(".nhncloudservice.com"))
    throw new Error(`OS_AUTH_URL ${authUrl} is not of NHN Cloud; unset it`);
}

function tokenOf(answer: unknown): ApiToken | undefined {
  const { access } = (answer ?? {}) as { access?: { token?: { id?: unknown; expires?: unknown } } };
  const { id, expires } = access?.token ?? {};
  return typeof id === "string" && id !== "" ? { id, expires: typeof expires === "string" ? expires : "" } : undefined;
}
