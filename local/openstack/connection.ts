import { issueToken } from "@groundwork/tooling/keystone-token";
import { CREDENTIALS, NHN, STANDARD } from "./account";

/** How clients connect to the emulator of OpenStack and NHN Cloud. */
export interface OpenStackConnection {
  /** Address of both clouds. */
  readonly endpoint: string;
  /** Environment variables for Terraform and cdktf. The credentials are not secret. */
  readonly env: Readonly<Record<string, string>>;
}

/** Returns the connection to the emulator on a port, with a new token. */
export async function openstackConnection(port: number): Promise<OpenStackConnection> {
  const endpoint = `http://127.0.0.1:${port}`;
  const { username: userName, password, tenantId } = CREDENTIALS;
  const token = await issueToken({ authUrl: `${endpoint}${NHN.identity}`, tenantId, userName, password });
  return {
    endpoint,
    env: {
      TF_VAR_local_openstack_endpoint: endpoint,
      TF_VAR_local_openstack_auth_url: `${endpoint}${STANDARD.identity}`,
      TF_VAR_nhn_token: token.id,
      OS_USERNAME: userName,
      OS_PASSWORD: password,
      OS_TENANT_ID: tenantId,
      OS_USER_DOMAIN_NAME: "Default",
    },
  };
}
