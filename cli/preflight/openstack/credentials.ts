import { credentialsFrom, issueV2Token } from "@groundwork/tooling/keystone-token";
import { issueV3Token, type ProjectToken, type V3Credentials } from "@groundwork/tooling/keystone-v3";

type Texts = Readonly<Record<string, string | undefined>>;

/** Arguments of the OpenStack provider with the environment variables that it reads for those that are missing. */
const ARGUMENTS = {
  authUrl: ["auth_url", "OS_AUTH_URL"],
  region: ["region", "OS_REGION_NAME"],
  userName: ["user_name", "OS_USERNAME"],
  userId: ["user_id", "OS_USER_ID"],
  password: ["password", "OS_PASSWORD"],
  projectId: ["tenant_id", "OS_TENANT_ID", "OS_PROJECT_ID"],
  projectName: ["tenant_name", "OS_TENANT_NAME", "OS_PROJECT_NAME"],
  userDomainId: ["user_domain_id", "OS_USER_DOMAIN_ID"],
  userDomainName: ["user_domain_name", "OS_USER_DOMAIN_NAME"],
  projectDomainId: ["project_domain_id", "OS_PROJECT_DOMAIN_ID"],
  projectDomainName: ["project_domain_name", "OS_PROJECT_DOMAIN_NAME"],
  domainId: ["domain_id", "OS_DOMAIN_ID"],
  domainName: ["domain_name", "OS_DOMAIN_NAME"],
  defaultDomain: ["default_domain", "OS_DEFAULT_DOMAIN"],
  applicationCredentialId: ["application_credential_id", "OS_APPLICATION_CREDENTIAL_ID"],
  applicationCredentialSecret: ["application_credential_secret", "OS_APPLICATION_CREDENTIAL_SECRET"],
} as const;

/** Settings of a connection; a setting that is nowhere is undefined. */
export type Connection = Readonly<Record<keyof typeof ARGUMENTS, string | undefined>>;

/** Reads the settings as the provider does: its argument, then the environment. */
export function connectionOf(provider: Texts, env: Texts): Connection {
  const entries = Object.entries(ARGUMENTS).map(([name, [argument, ...variables]]) => {
    const values = [provider[argument], ...variables.map((variable) => env[variable])];
    return [name, values.find((value) => value !== undefined && value !== "")] as const;
  });
  return Object.fromEntries(entries) as Connection;
}

/** Whether the identity service has version 2, which NHN Cloud uses. */
export function isV2({ authUrl = "" }: Pick<Connection, "authUrl">): boolean {
  return /\/v2\.0\/?$/.test(authUrl);
}

/** Requests a token for the project of the connection. */
export async function logIn(connection: Connection): Promise<ProjectToken> {
  if (!isV2(connection)) return issueV3Token(v3Credentials(connection));
  const { authUrl, projectId, userName, password } = connection;
  return issueV2Token(
    credentialsFrom({ OS_AUTH_URL: authUrl, OS_TENANT_ID: projectId, OS_USERNAME: userName, OS_PASSWORD: password }),
  );
}

/** Credentials for Keystone v3; the error lists all missing variables. */
export function v3Credentials(connection: Connection): V3Credentials {
  const { authUrl = "", applicationCredentialId: id, applicationCredentialSecret: secret } = connection;
  requireValues({ OS_AUTH_URL: authUrl });
  if (id !== undefined) {
    requireValues({ OS_APPLICATION_CREDENTIAL_SECRET: secret });
    return { type: "application-credential", authUrl, id, secret: secret ?? "" };
  }
  const { userId, userName, password = "", projectId, projectName } = connection;
  requireValues({
    OS_USERNAME: userName ?? userId,
    OS_PASSWORD: password,
    OS_PROJECT_NAME: projectName ?? projectId,
  });
  return {
    type: "password",
    authUrl,
    user: { id: userId, name: userName },
    userDomain: domainOf(connection.userDomainId, connection.userDomainName, connection),
    password,
    project: { id: projectId, name: projectName },
    projectDomain: domainOf(connection.projectDomainId, connection.projectDomainName, connection),
  };
}

function domainOf(
  id: string | undefined,
  name: string | undefined,
  { domainId, domainName, defaultDomain }: Connection,
): { readonly id?: string; readonly name?: string } {
  const found = id ?? (name === undefined ? domainId : undefined);
  if (found !== undefined) return { id: found };
  const named = name ?? domainName;
  return named === undefined ? { id: defaultDomain ?? "default" } : { name: named };
}

function requireValues(values: Texts): void {
  const missing = Object.entries(values).flatMap(([name, value]) =>
    value === undefined || value === "" ? [name] : [],
  );
  if (missing.length > 0)
    throw new Error(`no ${missing.join(", ")} in the environment; run the openrc file of your cloud in this shell`);
}
