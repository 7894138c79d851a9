import { missingParts, requestedParts, requireSettings } from "@groundwork/cli/local/parts";
import type { Cloud } from "@groundwork/local/cloud";
import { requirePort } from "@groundwork/tooling/ports";
import { type AddressInfo, createServer } from "node:net";

const part = {} as NonNullable<Cloud["kubernetes"]> & NonNullable<Cloud["openstack"]>;

describe("the parts of the local cloud", () => {
  test("are requested unless they are excluded", () => {
    expect(requestedParts([])).toEqual(["kubernetes", "openstack"]);
    expect(requestedParts(["kubernetes"])).toEqual(["openstack"]);
  });

  test("that were requested and do not run are no success", () => {
    expect(missingParts({ kubernetes: part, openstack: part }, [])).toBeUndefined();
    expect(missingParts({ kubernetes: undefined, openstack: part }, [])).toBe(
      "skipped: kubernetes; the reason is above. To accept that, add --without kubernetes",
    );
    expect(missingParts({ kubernetes: undefined, openstack: part }, ["kubernetes"])).toBeUndefined();
    expect(missingParts({ kubernetes: undefined, openstack: undefined }, ["kubernetes"])).toContain(
      "--without kubernetes openstack",
    );
  });
});

describe("a running local cloud", () => {
  const cloud = { endpoint: "http://127.0.0.1:4566", kubernetes: undefined, openstack: part };

  test("is used when it has the requested parts and port", () => {
    expect(() => {
      requireSettings(cloud, ["openstack"], 4566);
      requireSettings(cloud, [], undefined);
    }).not.toThrow();
  });

  test.each([
    [["kubernetes"] as const, undefined, " without kubernetes; add --without kubernetes, or stop it with"],
    [[], 5000, "; omit --port, or stop it with npx groundwork local down, which deletes its data"],
  ])("is an error when %j or the port %s was requested", (parts, port, message) => {
    expect(() => {
      requireSettings(cloud, parts, port);
    }).toThrow(`the local cloud already runs at http://127.0.0.1:4566${message}`);
  });
});

describe("a port", () => {
  test("that is in use is rejected with a fix", async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    await expect(requirePort(port)).rejects.toThrow(
      `port ${port} of 127.0.0.1 is in use; stop the program that uses it, or choose another with --port`,
    );
    await new Promise((resolve) => server.close(resolve));
    await expect(requirePort(port)).resolves.toBeUndefined();
  });
});
