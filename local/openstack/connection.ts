import { issueToken } from "@groundwork/tooling/keystone-token";
import { CREDENTIALS, NHN } from "./account";

/** The local OpenStack and NHN Cloud, and how Terraform reaches them. */
export interface LocalOpenStack {
  /** Address of both. */
  readonly endpoint: string;
  /** What Terraform and cdktf need in their environment. The credentials are words, not secrets. */
  readonly env: Readonly<Record<string, string>>;
}

/** How to reach the emulator that stands at a port, with a token of its own. */
export async function openstackAt(port: number): Promise<LocalOpenStack> {
  const endpoint = `http://127.0.0.1:${port}`;
  const { username: userName, password, tenantId } = CREDENTIALS;
  const token = await issueToken({ authUrl: `${endpoint}${NHN.identity}`, tenantId, userName, password });
  return {
    endpoint,
    env: {
      TF_VAR_local_openstack_endpoint: endpoint,
      TF_VAR_nhn_token: token.id,
      OS_USERNAME: userName,
      OS_PASSWORD: password,
      OS_TENANT_ID: tenantId,
      OS_USER_DOMAIN_NAME: "Default",
    },
  };
}
