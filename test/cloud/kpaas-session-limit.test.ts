import { programText } from "@groundwork/constructs/boot/program-text";
import { CloudInit } from "@groundwork/constructs/boot/cloud-init";
import { Files } from "@groundwork/constructs/boot/parts/files";
import { Steps } from "@groundwork/constructs/boot/parts/steps";
import { SessionLimit } from "@groundwork/constructs/kpaas/portal/session-limit";
import { BootRoot } from "../support/boot-root";
import { Keycloak, type KeycloakBehaviour } from "../support/keycloak";

const PASSWORD = ["of", "the", "administrator"].join("-");
const FIRST = ["first", "password", "here"].join("-");
const CONFIG = "/admin/realms/cp-realm/authentication/config";

describe("SessionLimit in a sandbox", () => {
  const ends: (() => unknown)[] = [];
  afterAll(async () => {
    for (const end of ends) await end();
  });

  async function createMachine(behaviour: KeycloakBehaviour = {}, limit = SessionLimit.unlimited()) {
    const keycloak = await Keycloak.start(PASSWORD, behaviour);
    const boot = CloudInit.ubuntu().with(
      Files.settings("/etc/kpaas/portal.env", { KEYCLOAK_URL: keycloak.url, SESSION_LIMIT: limit.toString() }),
      Files.program("/usr/local/lib/kpaas/keycloak.py", programText("kpaas", "portal/keycloak.py")),
      Steps.script("keycloak", programText("kpaas", "portal/keycloak.sh")),
    );
    const root = new BootRoot(boot.render(), { kubectl: 'cat "$ROOT/secret.json"' });
    const secret = (password: string) => {
      const values = { KEYCLOAK_ADMIN_USERNAME: "admin", KEYCLOAK_ADMIN_PASSWORD: password };
      const data = Object.entries(values).map(([name, value]) => [name, Buffer.from(value).toString("base64")]);
      root.write("/secret.json", JSON.stringify({ data: Object.fromEntries(data) as unknown }));
    };
    secret(PASSWORD);
    root.write("/etc/kpaas/portal-secrets.json", JSON.stringify({ PORTAL_ADMIN_PASSWORD: FIRST }));
    root.write("/var/lib/kpaas/.keep", "");
    ends.push(
      () => keycloak.stop(),
      () => {
        root.remove();
      },
    );
    const configure = async (env: NodeJS.ProcessEnv = {}) => {
      root.write(
        "/again",
        `bash ${root.path("/usr/local/lib/groundwork/first-boot.d/01-keycloak")} >${root.path("/output")} 2>&1`,
      );
      const code = await root.run(root.path("/again"), { POLL_SECONDS: "0.05", DEADLINE_SECONDS: "3", ...env });
      return { code, output: root.read("/output") };
    };
    return { keycloak, root, secret, configure };
  }

  test("is set in the configuration that the flow references by id, not in the other one with the same alias", async () => {
    const { keycloak, configure } = await createMachine();
    expect(await configure()).toMatchObject({ code: 0 });
    expect(keycloak.configs.get("limiter-config")).toEqual({
      userRealmLimit: "-1",
      userClientLimit: "-1",
      behavior: "Deny new session",
      errorMessage: "too many",
    });
    expect(keycloak.configs.get("other-config")).toMatchObject({ userClientLimit: "1" });
  });

  test("is not set again in a second run, which changes nothing", async () => {
    const { keycloak, configure } = await createMachine();
    await configure();
    keycloak.changes.splice(0);
    expect(await configure()).toEqual({ code: 0, output: "" });
    expect(keycloak.changes).toEqual([]);
  });

  test("is set to a number, and reset after a manual change", async () => {
    const { keycloak, configure } = await createMachine({}, SessionLimit.of(3));
    await configure();
    keycloak.configs.set("limiter-config", { userClientLimit: "9" });
    keycloak.changes.splice(0);
    await configure();
    expect(keycloak.configs.get("limiter-config")).toEqual({ userClientLimit: "3" });
    expect(keycloak.changes).toEqual([`PUT ${CONFIG}/limiter-config`]);
  });

  test("is set for a limiter without a configuration, which would deny every login", async () => {
    const { keycloak, configure } = await createMachine({ unconfigured: true });
    expect(await configure()).toMatchObject({ code: 0 });
    expect(keycloak.configs.get("created-config")).toMatchObject({ userClientLimit: "-1" });
  });

  test("is set with a new token after the old one has expired", async () => {
    const { keycloak, configure } = await createMachine({ requestsPerToken: 2 });
    expect(await configure()).toMatchObject({ code: 0 });
    expect(keycloak.configs.get("limiter-config")).toMatchObject({ userClientLimit: "-1" });
  });

  test("is set once Keycloak is running", async () => {
    const { configure } = await createMachine({ unreadyFor: 5 });
    expect(await configure()).toMatchObject({ code: 0 });
  });

  test("fails at once with a wrong password", async () => {
    const { keycloak, secret, configure } = await createMachine();
    secret("another");
    const { code, output } = await configure();
    expect(code).toBe(1);
    expect(output).toMatch(/^kpaas: Keycloak rejected POST \S+\/token: 401$/m);
    expect(keycloak.changes).toEqual([]);
  });

  test("fails at the deadline while Keycloak does not respond", async () => {
    const { keycloak, configure } = await createMachine();
    await keycloak.stop();
    ends.splice(ends.length - 2, 1);
    const { code, output } = await configure({ DEADLINE_SECONDS: "0.5" });
    expect(code).toBe(1);
    expect(output).toContain("kpaas: Keycloak does not respond");
  });

  test("is set together with generated keys of the same types, which replace the public ones", async () => {
    const { keycloak, configure } = await createMachine();
    const imported = keycloak.components.map(({ id }) => id);
    await configure();
    expect(keycloak.components.map(({ name }) => name).sort()).toEqual(
      ["aes", "hmac", "rsa-enc", "rsa"].map((kind) => `groundwork-${kind}-generated`),
    );
    for (const { id, config, providerId } of keycloak.components) {
      expect(imported).not.toContain(id);
      expect(config["priority"]).toEqual(["200"]);
      expect(config["algorithm"]).toEqual(providerId === "hmac-generated" ? ["HS512"] : undefined);
    }
  });

  test("is set together with a password for the first user, which is set only once", async () => {
    const { keycloak, configure } = await createMachine();
    await configure();
    expect(keycloak.passwords.get("first")).toBe(FIRST);
    keycloak.passwords.set("first", "changed by the user");
    await configure();
    expect(keycloak.passwords.get("first")).toBe("changed by the user");
  });

  test("is set without printing a password or passing one as an argument", async () => {
    const { root, configure } = await createMachine();
    const { output } = await configure();
    for (const secret of [PASSWORD, FIRST]) expect(`${output}${root.calls.join("\n")}`).not.toContain(secret);
  });
});
