import type { JsonObject } from "../../http/json";
import { CREDENTIALS, STANDARD, USER_ID } from "../account";
import { badRequest } from "../api/api-error";
import type { Call, Reply, Route } from "../api/call";
import { list, nonEmptyText, object, oneOf, read } from "../api/fields";
import type { Token, Tokens } from "./tokens";

const DOMAIN = { id: "default", name: "Default" } as const;

const DOMAIN_REFERENCE = object({}, { id: nonEmptyText, name: nonEmptyText });

/** Keystone v3: tokens for a password, scoped to the only project. */
export function identityV3(tokens: Tokens): readonly Route[] {
  return [
    { method: "GET", path: "", open: true, handle: ({ origin }) => ({ body: { version: version(origin) } }) },
    { method: "POST", path: "/auth/tokens", status: 201, open: true, handle: (call) => issue(tokens, call) },
  ];
}

function version(origin: string): JsonObject {
  return { id: "v3.14", status: "stable", links: [{ rel: "self", href: `${origin}${STANDARD.identity}/` }] };
}

function issue(tokens: Tokens, call: Call): Reply {
  const { identity, scope } = read(call, {
    wrapper: "auth",
    required: {
      identity: object(
        {
          methods: list(oneOf("password")),
          password: object(
            {
              user: object(
                { password: nonEmptyText },
                { id: nonEmptyText, name: nonEmptyText, domain: DOMAIN_REFERENCE },
              ),
            },
            {},
          ),
        },
        {},
      ),
      scope: object({ project: object({}, { id: nonEmptyText, name: nonEmptyText, domain: DOMAIN_REFERENCE }) }, {}),
    },
  });
  const { user } = identity.password;
  if (user.id === undefined && (user.name === undefined || user.domain === undefined))
    throw badRequest("a user is named by an id, or by a name and a domain");
  const token = tokens.issue({
    username: user.id === USER_ID ? CREDENTIALS.username : (user.name ?? ""),
    password: user.password,
    tenantId: scope.project.name === "local" ? CREDENTIALS.tenantId : (scope.project.id ?? ""),
  });
  return { headers: { "X-Subject-Token": token.id }, body: { token: tokenBody(token, call.origin) } };
}

function tokenBody({ issuedAt, expiresAt }: Token, origin: string): JsonObject {
  return {
    methods: ["password"],
    issued_at: issuedAt.toISOString(),
    expires_at: expiresAt.toISOString(),
    user: { id: USER_ID, name: CREDENTIALS.username, domain: DOMAIN },
    project: { id: CREDENTIALS.tenantId, name: "local", domain: DOMAIN },
    roles: [{ id: "member", name: "member" }],
    catalog: CATALOG.map(([type, name, path]) => ({
      id: type,
      type,
      name,
      endpoints: ["public", "internal"].map((kind) => ({
        id: `${type}-${kind}`,
        interface: kind,
        region: STANDARD.region,
        region_id: STANDARD.region,
        url: origin + path,
      })),
    })),
  };
}

const CATALOG = [
  ["identity", "keystone", STANDARD.identity],
  ["compute", "nova", STANDARD.compute],
  ["network", "neutron", STANDARD.network],
  ["image", "glance", STANDARD.image],
  ["volumev3", "cinderv3", STANDARD.volume],
  ["load-balancer", "octavia", STANDARD.loadBalancer],
] as const;
