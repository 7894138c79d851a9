import type { JsonObject } from "../../http/json";
import { CREDENTIALS, NHN, USER_ID } from "../account";
import type { Call, Route } from "../api/call";
import { nonEmptyText, object, read } from "../api/fields";
import type { Tokens } from "./tokens";

/** Keystone v2.0 as NHN Cloud offers it: tokens for a password, nothing else. */
export function identityV2(tokens: Tokens): readonly Route[] {
  return [
    { method: "POST", path: "/tokens", status: 200, open: true, handle: (call) => ({ body: issue(tokens, call) }) },
  ];
}

function issue(tokens: Tokens, call: Call): JsonObject {
  const { passwordCredentials, tenantId } = read(call, {
    wrapper: "auth",
    required: {
      tenantId: nonEmptyText,
      passwordCredentials: object({ username: nonEmptyText, password: nonEmptyText }, {}),
    },
  });
  const { id, issuedAt, expiresAt } = tokens.issue({ ...passwordCredentials, tenantId });
  return {
    access: {
      token: {
        id,
        issued_at: issuedAt.toISOString().replace("Z", "000"),
        expires: expiresAt.toISOString().replace(/\.\d+Z$/, "Z"),
        tenant: { id: tenantId, name: "local", enabled: true, description: "" },
      },
      serviceCatalog: CATALOG.map(([type, name, path]) => ({
        type,
        name,
        endpoints: [{ region: NHN.region, publicURL: call.origin + path }],
      })),
      user: {
        id: USER_ID,
        name: CREDENTIALS.username,
        username: CREDENTIALS.username,
        roles: [{ name: "member" }],
        roles_links: [],
      },
      metadata: { roles: [], is_admin: 0 },
    },
  };
}

/** The documented service catalog, without services that the emulator lacks. Octavia, volume v3 and placement are not in NHN Cloud's. */
const CATALOG = [
  ["compute", "nova", NHN.compute],
  ["network", "neutron", NHN.network],
  ["image", "glance", NHN.image],
  ["volumev2", "cinderv2", NHN.volume],
  ["identity", "keystone", NHN.identity],
] as const;
