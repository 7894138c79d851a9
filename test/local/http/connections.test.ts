import { Gateway } from "@groundwork/local/aws/gateway/server";
import { OpenStackEmulator } from "@groundwork/local/openstack/server";

/** `IdleConnTimeout` of Go's default transport, which the providers use. */
const CLIENT_MS = 90_000;

test.each([
  ["the gateway", () => new Gateway({ moto: "/none", ministack: "/none" }, () => undefined)],
  ["the OpenStack emulator", () => new OpenStackEmulator(() => undefined)],
])("%s keeps idle connections for longer than its clients", (_, create) => {
  expect(create().createServer().keepAliveTimeout).toBeGreaterThan(CLIENT_MS);
});
